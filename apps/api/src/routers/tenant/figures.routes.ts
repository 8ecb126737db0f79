import {
  asOfQuery,
  explainParams,
  explainQuery,
  fundFigures,
  id,
  idParam,
  investorFigures,
  investorFiguresList,
  jCurve,
  ledgerEntryPage,
  pageQuery,
  portfolioFigures,
  portfolioFundPage,
  portfolioFundsQuery,
  portfolioHoldingPage,
  waterfallStatement,
} from '@throughline/contracts'
import {
  explainFigure,
  fundFiguresOn,
  fundWaterfallCsv,
  investorFiguresNow,
  investorFiguresOn,
  jCurveOf,
  listAllHoldings,
  portfolioFiguresNow,
  portfolioFundsNow,
  waterfallStatementOn,
} from '@throughline/funds'
import { bytes, sendCsv } from '../send-file.ts'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['figures']
const params = idParam('fundId')
const config = { permission: 'fund:read' } as const

/** What is derived from the books, with the day that it belongs to. */
export function registerFigureRoutes(app: TypedApp): void {
  app.get(
    '/funds/:fundId/figures',
    {
      config,
      schema: {
        tags,
        summary: 'Called, paid in, distributed, NAV, multiples and rates at the end of a day',
        params,
        querystring: asOfQuery,
        response: { 200: fundFigures, ...refusals },
      },
    },
    (request) => fundFiguresOn(request.ctx, request.params.fundId, request.query.asOf),
  )
  app.get(
    '/funds/:fundId/figures/:figure/entries',
    {
      config,
      schema: {
        tags,
        summary: 'The entries that a figure consists of, newest first',
        params: explainParams,
        querystring: explainQuery,
        response: { 200: ledgerEntryPage, ...refusals },
      },
    },
    (request) => explainFigure(request.ctx, request.params, request.query),
  )
  app.get(
    '/funds/:fundId/j-curve',
    {
      config,
      schema: { tags, summary: 'Net cash flow and NAV by month', params, response: { 200: jCurve, ...refusals } },
    },
    (request) => jCurveOf(request.ctx, request.params.fundId),
  )
  app.get(
    '/funds/:fundId/waterfall',
    {
      config,
      schema: {
        tags,
        summary: 'How distributions ran through the tiers, and how the NAV would',
        params,
        querystring: asOfQuery,
        response: { 200: waterfallStatement, ...refusals },
      },
    },
    (request) => waterfallStatementOn(request.ctx, request.params.fundId, request.query.asOf),
  )
  app.get(
    '/funds/:fundId/waterfall.csv',
    {
      config,
      schema: {
        tags,
        summary: 'The same statement as CSV',
        params,
        querystring: asOfQuery,
        response: { 200: bytes, ...refusals },
      },
    },
    async (request, reply) => {
      const statement = await waterfallStatementOn(request.ctx, request.params.fundId, request.query.asOf)
      return sendCsv(reply, `Waterfall ${statement.asOf}`, fundWaterfallCsv(statement))
    },
  )
  app.get(
    '/funds/:fundId/investors/:investorId/figures',
    {
      config,
      schema: {
        tags,
        summary: 'The same figures of one investor',
        params: params.extend({ investorId: id }),
        querystring: asOfQuery,
        response: { 200: investorFigures, ...refusals },
      },
    },
    (request) => investorFiguresOn(request.ctx, request.params, request.query.asOf),
  )
  app.get(
    '/investors/:investorId/figures',
    {
      config,
      schema: {
        tags,
        summary: 'The figures of one investor in each of its funds, as of today there',
        params: idParam('investorId'),
        response: { 200: investorFiguresList, ...refusals },
      },
    },
    (request) => investorFiguresNow(request.ctx, request.params.investorId),
  )
  registerPortfolio(app)
}

/** What all funds come to. */
function registerPortfolio(app: TypedApp): void {
  app.get(
    '/portfolio/figures',
    {
      config,
      schema: {
        tags,
        summary: 'All funds together by currency, from their totals',
        response: { 200: portfolioFigures, ...refusals },
      },
    },
    (request) => portfolioFiguresNow(request.ctx),
  )
  app.get(
    '/portfolio/funds',
    {
      config,
      schema: {
        tags,
        summary: 'The funds behind the totals of a currency, by name',
        querystring: portfolioFundsQuery,
        response: { 200: portfolioFundPage, ...refusals },
      },
    },
    (request) => portfolioFundsNow(request.ctx, request.query),
  )
  app.get(
    '/portfolio/holdings',
    {
      config,
      schema: {
        tags,
        summary: 'What all funds hold, the newest deals first',
        querystring: pageQuery,
        response: { 200: portfolioHoldingPage, ...refusals },
      },
    },
    (request) => listAllHoldings(request.ctx, request.query),
  )
}
