// What the page about all funds asks the API.
import { portfolioFigures, portfolioFundPage, portfolioHoldingPage } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const base = '/tenant/v1/portfolio'

export const readPortfolio = (signal: AbortSignal) => apiFetch(`${base}/figures`, { schema: portfolioFigures, signal })
export const readPortfolioFunds = (currency: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${base}/funds${queryString({ currency, cursor, limit: 50 })}`, { schema: portfolioFundPage, signal })
export const readPortfolioHoldings = (cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${base}/holdings${queryString({ cursor, limit: 50 })}`, { schema: portfolioHoldingPage, signal })
