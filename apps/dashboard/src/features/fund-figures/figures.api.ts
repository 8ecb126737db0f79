// What the figures of a fund ask the API.
import {
  type ExplainedFigure,
  fundFigures,
  investorFigures,
  investorFiguresList,
  investorNavSharePage,
  jCurve,
  ledgerEntryPage,
  navSharePage,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const fund = (fundId: string) => `/tenant/v1/funds/${fundId}`

export const readFigures = (fundId: string, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/figures`, { schema: fundFigures, signal })
export const readJCurve = (fundId: string, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/j-curve`, { schema: jCurve, signal })
export const readInvestorFigures = (fundId: string, investorId: string, asOf: string, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/investors/${investorId}/figures${queryString({ asOf })}`, {
    schema: investorFigures,
    signal,
  })
export const readFiguresOfInvestor = (investorId: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/investors/${investorId}/figures`, { schema: investorFiguresList, signal })
export const readSharesOfInvestor = (fundId: string, investorId: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/investors/${investorId}/nav-shares${queryString({ cursor, limit: 25 })}`, {
    schema: investorNavSharePage,
    signal,
  })
export const readNavShares = (periodId: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/nav/${periodId}/shares${queryString({ cursor, limit: 50 })}`, { schema: navSharePage, signal })
export const readFigureEntries = (
  { fundId, figure, cursor }: { fundId: string; figure: ExplainedFigure; cursor: string | null },
  signal: AbortSignal,
) =>
  apiFetch(`${fund(fundId)}/figures/${figure}/entries${queryString({ cursor, limit: 25 })}`, {
    schema: ledgerEntryPage,
    signal,
  })
