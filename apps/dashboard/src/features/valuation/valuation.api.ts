// What the page about valuation asks the API.
import {
  booked,
  type CreateBooking,
  dealPage,
  feeList,
  feesAccrued,
  holdingList,
  type MarkHolding,
  navMarkView,
  navPeriodPage,
  navPeriodView,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const fund = (fundId: string) => `/tenant/v1/funds/${fundId}`

export const readHoldings = (fundId: string, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/holdings`, { schema: holdingList, signal })
export const readNav = (fundId: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/nav${queryString({ cursor, limit: 25 })}`, { schema: navPeriodPage, signal })
export const readFees = (fundId: string, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/fees`, { schema: feeList, signal })
export const readWonDeals = (signal: AbortSignal) =>
  apiFetch(`/tenant/v1/deals${queryString({ stage: 'CLOSED_WON', limit: 100 })}`, { schema: dealPage, signal })

export const postMark = (fundId: string, body: MarkHolding, idempotencyKey: string) =>
  apiFetch(`${fund(fundId)}/marks`, { method: 'POST', body, schema: navMarkView, idempotencyKey })
export const postBooking = (fundId: string, body: CreateBooking, idempotencyKey: string) =>
  apiFetch(`${fund(fundId)}/bookings`, { method: 'POST', body, schema: booked, idempotencyKey })
export const postNav = (fundId: string, on: string, idempotencyKey: string) =>
  apiFetch(`${fund(fundId)}/nav`, {
    method: 'POST',
    body: { on, kind: 'final' },
    schema: navPeriodView,
    idempotencyKey,
  })
export const postFees = (fundId: string, through: string, idempotencyKey: string) =>
  apiFetch(`${fund(fundId)}/fees`, { method: 'POST', body: { through }, schema: feesAccrued, idempotencyKey })
