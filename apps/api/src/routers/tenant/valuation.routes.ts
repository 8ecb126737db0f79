import {
  accrueFees as accrueBody,
  asOfQuery,
  booked,
  createBooking,
  feeList,
  feesAccrued,
  holdingList,
  id,
  idParam,
  investorNavSharePage,
  listNavMarks,
  markHolding as markBody,
  navMarkPage,
  navMarkView,
  navPeriodPage,
  navPeriodView,
  navSharePage,
  pageQuery,
  strikeNav as strikeBody,
} from '@throughline/contracts'
import {
  accrueFees,
  book,
  listFees,
  listHoldings,
  listMarks,
  listNav,
  listNavShares,
  listNavSharesOfInvestor,
  markHolding,
  strikeNav,
} from '@throughline/funds'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['valuation']
const params = idParam('fundId')
const read = { permission: 'fund:read' } as const
const write = { permission: 'ledger:post' } as const

function registerHoldings(app: TypedApp): void {
  app.get(
    '/funds/:fundId/holdings',
    {
      config: read,
      schema: {
        tags,
        summary: 'What a fund holds, with cost and value, at the end of a day',
        params,
        querystring: asOfQuery,
        response: { 200: holdingList, ...refusals },
      },
    },
    (request) => listHoldings(request.ctx, request.params.fundId, request.query.asOf),
  )
  app.post(
    '/funds/:fundId/bookings',
    {
      config: write,
      schema: {
        tags,
        summary: 'Book an investment, a sale, income, an expense or a payment of fees',
        params,
        body: createBooking,
        response: { 201: booked, ...refusals },
      },
    },
    (request, reply) => {
      reply.code(201)
      return book(request.ctx, request.params.fundId, request.body)
    },
  )
  app.get(
    '/funds/:fundId/marks',
    {
      config: read,
      schema: {
        tags,
        summary: 'What holdings were said to be worth, newest first',
        params,
        querystring: listNavMarks,
        response: { 200: navMarkPage, ...refusals },
      },
    },
    (request) => listMarks(request.ctx, request.params.fundId, request.query),
  )
  app.post(
    '/funds/:fundId/marks',
    {
      config: write,
      schema: {
        tags,
        summary: 'Say what a holding is worth on a day; the difference is booked',
        params,
        body: markBody,
        response: { 201: navMarkView, ...refusals },
      },
    },
    (request, reply) => {
      reply.code(201)
      return markHolding(request.ctx, request.params.fundId, request.body)
    },
  )
}

function registerNav(app: TypedApp): void {
  app.get(
    '/funds/:fundId/nav',
    {
      config: read,
      schema: {
        tags,
        summary: 'Net asset values as they were struck, the latest first',
        params,
        querystring: pageQuery,
        response: { 200: navPeriodPage, ...refusals },
      },
    },
    (request) => listNav(request.ctx, request.params.fundId, request.query),
  )
  app.post(
    '/funds/:fundId/nav',
    {
      config: write,
      schema: {
        tags,
        summary: 'Strike the net asset value of a day; with another result it is a new revision',
        params,
        body: strikeBody,
        response: { 200: navPeriodView, ...refusals },
      },
    },
    (request) => strikeNav(request.ctx, request.params.fundId, request.body.on, request.body.kind),
  )
  app.get(
    '/nav/:periodId/shares',
    {
      config: read,
      schema: {
        tags,
        summary: 'Every investor’s part of a struck net asset value, as a roll-forward',
        params: idParam('periodId'),
        querystring: pageQuery,
        response: { 200: navSharePage, ...refusals },
      },
    },
    (request) => listNavShares(request.ctx, request.params.periodId, request.query),
  )
  app.get(
    '/funds/:fundId/investors/:investorId/nav-shares',
    {
      config: read,
      schema: {
        tags,
        summary: 'What one investor had of each struck net asset value, the latest first',
        params: params.extend({ investorId: id }),
        querystring: pageQuery,
        response: { 200: investorNavSharePage, ...refusals },
      },
    },
    (request) => listNavSharesOfInvestor(request.ctx, request.params, request.query),
  )
}

function registerFees(app: TypedApp): void {
  app.get(
    '/funds/:fundId/fees',
    {
      config: read,
      schema: {
        tags,
        summary: 'The management fee by quarter, and what was accrued of it',
        params,
        response: { 200: feeList, ...refusals },
      },
    },
    (request) => listFees(request.ctx, request.params.fundId),
  )
  app.post(
    '/funds/:fundId/fees',
    {
      config: write,
      schema: {
        tags,
        summary: 'Accrue every quarter that has begun and was not accrued',
        params,
        body: accrueBody,
        response: { 200: feesAccrued, ...refusals },
      },
    },
    (request) => accrueFees(request.ctx, request.params.fundId, request.body.through),
  )
}

/** What funds hold, what it is worth, and what they cost. */
export function registerValuationRoutes(app: TypedApp): void {
  registerHoldings(app)
  registerNav(app)
  registerFees(app)
}
