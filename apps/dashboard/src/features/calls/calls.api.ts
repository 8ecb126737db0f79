// What the pages of the fund desk ask the API about capital calls and allocations. A change of money is one wish with one key,
// made before it is sent and kept for the retry.
import {
  type AllocationView,
  allocationPage,
  allocationView,
  allocationWithCall,
  type CallLineView,
  type CapitalCallView,
  type CreateAllocation,
  type CreateAllocationWithCall,
  callLinePage,
  callLineView,
  callMatrix,
  capitalCallDetail,
  capitalCallPage,
  capitalCallView,
  type DraftCapitalCall,
  dealFunding,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'
import type * as z from 'zod'

const tenant = '/tenant/v1'
const ofFund = (fundId: string) => `${tenant}/funds/${fundId}/capital-calls`
const ofCall = (callId: string) => `${tenant}/capital-calls/${callId}`

export const readCalls = (
  fundId: string,
  { cursor, state, signal }: { cursor: string | null; state: readonly string[]; signal: AbortSignal },
) => apiFetch(`${ofFund(fundId)}${queryString({ cursor, state, limit: 25 })}`, { schema: capitalCallPage, signal })
export const readCall = (callId: string, signal?: AbortSignal) =>
  apiFetch(ofCall(callId), { schema: capitalCallDetail, signal })
export const readCallLines = (callId: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${ofCall(callId)}/lines${queryString({ cursor, limit: 100 })}`, { schema: callLinePage, signal })
export const readMatrix = (callId: string, signal: AbortSignal) =>
  apiFetch(`${ofCall(callId)}/matrix`, { schema: callMatrix, signal })
export const previewCall = (fundId: string, body: DraftCapitalCall) =>
  apiFetch(`${ofFund(fundId)}/preview`, { method: 'POST', body, schema: callMatrix })

/** One wish: whatever is tried again has the same key. */
interface Wish {
  key: string
}

const sent = <T>(path: string, { key }: Wish, body: object, schema: z.ZodType<T>, method: 'POST' | 'PUT' = 'POST') =>
  apiFetch(path, { method, body, schema, idempotencyKey: key })

export const draftCall = (fundId: string, draft: DraftCapitalCall, wish: Wish): Promise<CapitalCallView> =>
  sent(ofFund(fundId), wish, draft, capitalCallView)
export const updateCall = (
  callId: string,
  draft: DraftCapitalCall & { version: number },
  wish: Wish,
): Promise<CapitalCallView> => sent(ofCall(callId), wish, draft, capitalCallView, 'PUT')

export type CallStep = 'submit' | 'approve' | 'return' | 'issue' | 'close' | 'reopen' | 'cancel'
export const stepCall = (
  callId: string,
  step: CallStep,
  body: { version: number; reason?: string },
  wish: Wish,
): Promise<CapitalCallView> => sent(`${ofCall(callId)}/${step}`, wish, body, capitalCallView)

export type LineStep = 'default' | 'late-interest' | 'write-off'
export const stepLine = (
  { callId, lineId }: { callId: string; lineId: string },
  step: LineStep,
  body: object,
  wish: Wish,
): Promise<CallLineView> => sent(`${ofCall(callId)}/lines/${lineId}/${step}`, wish, body, callLineView)

export const draftOvercall = (
  callId: string,
  body: { componentId: string; noticeDate: string; dueDate: string },
  wish: Wish,
): Promise<CapitalCallView> => sent(`${ofCall(callId)}/overcall`, wish, body, capitalCallView)

/** The latest hundred: what a call can be for. */
export const readAllocations = (fundId: string, signal: AbortSignal) =>
  apiFetch(`${tenant}/funds/${fundId}/allocations${queryString({ limit: 100 })}`, { schema: allocationPage, signal })
export const readDealFunding = (dealId: string, signal: AbortSignal) =>
  apiFetch(`${tenant}/deals/${dealId}/allocations`, { schema: dealFunding, signal })
export const createAllocation = (
  fundId: string,
  body: Partial<CreateAllocation>,
  wish: Wish,
): Promise<AllocationView> => sent(`${tenant}/funds/${fundId}/allocations`, wish, body, allocationView)
export const createAllocationWithCall = (
  fundId: string,
  body: { allocation: Partial<CreateAllocation>; call: CreateAllocationWithCall['call'] },
  wish: Wish,
) => sent(`${tenant}/funds/${fundId}/allocations/with-call`, wish, body, allocationWithCall)
export const cancelAllocation = (
  allocationId: string,
  body: { reason: string; version: number },
  wish: Wish,
): Promise<AllocationView> => sent(`${tenant}/allocations/${allocationId}/cancel`, wish, body, allocationView)
