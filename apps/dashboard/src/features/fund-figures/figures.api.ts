// What the figures of a fund ask the API.
import { type ExplainedFigure, fundFigures, jCurve, ledgerEntryPage } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const fund = (fundId: string) => `/tenant/v1/funds/${fundId}`

export const readFigures = (fundId: string, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/figures`, { schema: fundFigures, signal })
export const readJCurve = (fundId: string, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/j-curve`, { schema: jCurve, signal })
export const readFigureEntries = (
  { fundId, figure, cursor }: { fundId: string; figure: ExplainedFigure; cursor: string | null },
  signal: AbortSignal,
) =>
  apiFetch(`${fund(fundId)}/figures/${figure}/entries${queryString({ cursor, limit: 25 })}`, {
    schema: ledgerEntryPage,
    signal,
  })
