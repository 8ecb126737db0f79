// What the page about the money of a deal asks the API.
import { dealThread, type ThreadExplanation, threadEntryPage } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const thread = (dealId: string) => `/tenant/v1/deals/${dealId}/thread`

export const readThread = (dealId: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${thread(dealId)}${queryString({ cursor, limit: 50 })}`, { schema: dealThread, signal })
export const readThreadEntries = (
  dealId: string,
  { cursor, ...which }: ThreadExplanation & { cursor: string | null },
  signal: AbortSignal,
) =>
  apiFetch(`${thread(dealId)}/entries${queryString({ ...which, cursor, limit: 25 })}`, {
    schema: threadEntryPage,
    signal,
  })
