// What the pages about commitments ask the API.
import {
  type ChangeCommitment,
  type CommitmentView,
  type CreateCommitment,
  commitmentView,
  fundInvestorPage,
  fundPositionView,
  positionEventPage,
  type TransferCommitment,
  transferView,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const ofFund = (fundId: string) => `/tenant/v1/funds/${fundId}`

export const readFundInvestors = (fundId: string, q: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${ofFund(fundId)}/investors${queryString({ q, cursor, limit: 100 })}`, { schema: fundInvestorPage, signal })
export const readPosition = (fundId: string, investorId: string, asOf: string, signal: AbortSignal) =>
  apiFetch(`${ofFund(fundId)}/investors/${investorId}${queryString({ asOf })}`, { schema: fundPositionView, signal })
export const readEvents = (fundId: string, investorId: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${ofFund(fundId)}/investors/${investorId}/events${queryString({ cursor, limit: 50 })}`, {
    schema: positionEventPage,
    signal,
  })
export const postCommitment = (fundId: string, body: CreateCommitment, idempotencyKey: string) =>
  apiFetch(`${ofFund(fundId)}/commitments`, { method: 'POST', body, idempotencyKey, schema: commitmentView })
export const postChange = ({ id, version }: CommitmentView, body: ChangeCommitment, idempotencyKey: string) =>
  apiFetch(`/tenant/v1/commitments/${id}/change`, {
    ...{ method: 'POST', body, ifMatch: version, idempotencyKey },
    schema: commitmentView,
  })
export const postTransfer = ({ id, version }: CommitmentView, body: TransferCommitment, idempotencyKey: string) =>
  apiFetch(`/tenant/v1/commitments/${id}/transfer`, {
    ...{ method: 'POST', body, ifMatch: version, idempotencyKey },
    schema: transferView,
  })
