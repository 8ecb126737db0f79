import {
  bankAccountAnswer,
  closeFund as closeFundBody,
  createFund as createFundBody,
  fundPage,
  fundView,
  idParam,
  listFunds as listFundsQuery,
  recentOfFund as recentOfFundAnswer,
  setBankAccount,
  updateFund as updateFundBody,
} from '@throughline/contracts'
import {
  closeFund,
  createFund,
  getFund,
  listFunds,
  recentOfFund,
  reopenFund,
  revealFundWire,
  setFundWire,
  updateFund,
} from '@throughline/funds'
import type { Resources } from '../../resources.ts'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['funds']
const params = idParam('fundId')

/** What won deals are paid from. */
export function registerFundRoutes(app: TypedApp, resources: Resources): void {
  registerReads(app)
  registerWrites(app)
  registerWire(app, resources)
}

function registerReads(app: TypedApp): void {
  app.get(
    '/funds',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Funds by name, with the totals of their investors',
        querystring: listFundsQuery,
        response: { 200: fundPage, ...refusals },
      },
    },
    (request) => listFunds(request.ctx, request.query),
  )
  app.get(
    '/funds/:fundId',
    {
      config: { permission: 'fund:read' },
      schema: { tags, summary: 'One fund with its terms and totals', params, response: { 200: fundView, ...refusals } },
    },
    async (request, reply) => {
      const fund = await getFund(request.ctx, request.params.fundId)
      reply.header('etag', `"${fund.version}"`)
      return fund
    },
  )
  app.get(
    '/funds/:fundId/recent',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'What was done in a fund last: entries and changes of commitments',
        params,
        response: { 200: recentOfFundAnswer, ...refusals },
      },
    },
    (request) => recentOfFund(request.ctx, request.params.fundId),
  )
}

function registerWrites(app: TypedApp): void {
  app.post(
    '/funds',
    {
      config: { permission: 'fund:update' },
      schema: { tags, summary: 'Make a fund', body: createFundBody, response: { 201: fundView, ...refusals } },
    },
    async (request, reply) => {
      const fund = await createFund(request.ctx, request.body)
      reply.code(201).header('location', `/tenant/v1/funds/${fund.id}`).header('etag', `"${fund.version}"`)
      return fund
    },
  )
  app.patch(
    '/funds/:fundId',
    {
      config: { permission: 'fund:update' },
      schema: {
        tags,
        summary: 'Change what a fund is, or its terms',
        params,
        body: updateFundBody,
        response: { 200: fundView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const fund = await updateFund(request.ctx, request.params.fundId, { ...request.body, version })
      reply.header('etag', `"${fund.version}"`)
      return fund
    },
  )
  const acts = [
    { act: 'close', summary: 'Close a fund: nothing new is promised in it', run: closeFund },
    { act: 'reopen', summary: 'Open a fund again that was closed too early', run: reopenFund },
  ]
  for (const { act, summary, run } of acts)
    app.post(
      `/funds/:fundId/${act}`,
      {
        config: { permission: 'fund:update' },
        schema: { tags, summary, params, body: closeFundBody, response: { 200: fundView, ...refusals } },
      },
      (request) =>
        run(request.ctx, request.params.fundId, {
          ...request.body,
          version: versionOf(request, request.body.version),
        }),
    )
}

function registerWire(app: TypedApp, { encryption }: Resources): void {
  app.put(
    '/funds/:fundId/wire',
    {
      config: { permission: 'investor:bank' },
      schema: {
        tags,
        summary: 'Set where investors pay to; answers show a mask of it',
        params,
        body: setBankAccount,
        response: { 200: fundView, ...refusals },
      },
    },
    (request) =>
      setFundWire(request.ctx, encryption, request.params.fundId, {
        ...request.body,
        version: versionOf(request, request.body.version),
      }),
  )
  app.get(
    '/funds/:fundId/wire',
    {
      config: { permission: 'investor:bank' },
      schema: {
        tags,
        summary: 'Where investors pay to, whole; looking is in the audit log',
        params,
        response: { 200: bankAccountAnswer, ...refusals },
      },
    },
    async (request) => ({ account: await revealFundWire(request.ctx, encryption, request.params.fundId) }),
  )
}
