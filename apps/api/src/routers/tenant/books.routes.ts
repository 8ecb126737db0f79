import {
  asOfQuery,
  id,
  idParam,
  ledgerEntryDetail,
  ledgerEntryPage,
  listEntries as listQuery,
  setPeriodLock as lockBody,
  periodLock,
  reverseEntry as reverseBody,
  trialBalance,
} from '@throughline/contracts'
import { getEntry, listEntries, reverseEntry, setPeriodLock, trialBalanceAsOf } from '@throughline/funds'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['books']
const params = idParam('fundId')
const ofEntry = params.extend({ ledgerEntryId: id })
const read = { permission: 'fund:read' } as const
const write = { permission: 'ledger:post' } as const

/** The books of a fund. */
export function registerBookRoutes(app: TypedApp): void {
  app.get(
    '/funds/:fundId/trial-balance',
    {
      config: read,
      schema: {
        tags,
        summary: 'What every account stands at, at the end of a day',
        params,
        querystring: asOfQuery,
        response: { 200: trialBalance, ...refusals },
      },
    },
    (request) => trialBalanceAsOf(request.ctx, request.params.fundId, request.query.asOf),
  )
  app.get(
    '/funds/:fundId/entries',
    {
      config: read,
      schema: {
        tags,
        summary: 'Entries by account, investor, source, deal or period, newest first',
        params,
        querystring: listQuery,
        response: { 200: ledgerEntryPage, ...refusals },
      },
    },
    (request) => listEntries(request.ctx, request.params.fundId, request.query),
  )
  app.get(
    '/funds/:fundId/entries/:ledgerEntryId',
    {
      config: read,
      schema: {
        tags,
        summary: 'An entry with its lines',
        params: ofEntry,
        response: { 200: ledgerEntryDetail, ...refusals },
      },
    },
    (request) => getEntry(request.ctx, request.params.fundId, request.params.ledgerEntryId),
  )
  app.post(
    '/funds/:fundId/entries/:ledgerEntryId/reverse',
    {
      config: write,
      schema: {
        tags,
        summary: 'Take an entry of investments, marks or fees back by its opposite',
        params: ofEntry,
        body: reverseBody,
        response: { 201: ledgerEntryDetail, ...refusals },
      },
    },
    (request, reply) => {
      reply.code(201)
      return reverseEntry(request.ctx, request.params.fundId, request.params.ledgerEntryId, request.body)
    },
  )
  app.put(
    '/funds/:fundId/period-lock',
    {
      config: write,
      schema: {
        tags,
        summary: 'Lock the books through a day, move the lock or lift it',
        params,
        body: lockBody,
        response: { 200: periodLock, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const lock = await setPeriodLock(request.ctx, request.params.fundId, { ...request.body, version })
      reply.header('etag', `"${lock.version}"`)
      return lock
    },
  )
}
