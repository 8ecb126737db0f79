import {
  bankAccountAnswer,
  createInvestor as createInvestorBody,
  idParam,
  investorDetail,
  investorPage,
  investorView,
  listInvestors as listInvestorsQuery,
  setBankAccount,
  updateInvestor as updateInvestorBody,
} from '@throughline/contracts'
import {
  createInvestor,
  getInvestor,
  listInvestors,
  revealInvestorBank,
  setInvestorBank,
  updateInvestor,
} from '@throughline/funds'
import type { Resources } from '../../resources.ts'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['investors']
const params = idParam('investorId')

/** Who promises money to funds. */
export function registerInvestorRoutes(app: TypedApp, resources: Resources): void {
  registerReads(app)
  registerWrites(app)
  registerBank(app, resources)
}

function registerReads(app: TypedApp): void {
  app.get(
    '/investors',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Investors by name, searched by name and code',
        querystring: listInvestorsQuery,
        response: { 200: investorPage, ...refusals },
      },
    },
    (request) => listInvestors(request.ctx, request.query),
  )
  app.get(
    '/investors/:investorId',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'One investor with where it stands in every fund',
        params,
        response: { 200: investorDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const investor = await getInvestor(request.ctx, request.params.investorId)
      reply.header('etag', `"${investor.version}"`)
      return investor
    },
  )
}

function registerWrites(app: TypedApp): void {
  app.post(
    '/investors',
    {
      config: { permission: 'investor:update' },
      schema: {
        tags,
        summary: 'Add an investor; a code is given when none is said',
        body: createInvestorBody,
        response: { 201: investorView, ...refusals },
      },
    },
    async (request, reply) => {
      const investor = await createInvestor(request.ctx, request.body)
      reply.code(201).header('location', `/tenant/v1/investors/${investor.id}`).header('etag', `"${investor.version}"`)
      return investor
    },
  )
  app.patch(
    '/investors/:investorId',
    {
      config: { permission: 'investor:update' },
      schema: {
        tags,
        summary: 'Change an investor',
        params,
        body: updateInvestorBody,
        response: { 200: investorView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const investor = await updateInvestor(request.ctx, request.params.investorId, { ...request.body, version })
      reply.header('etag', `"${investor.version}"`)
      return investor
    },
  )
}

function registerBank(app: TypedApp, { encryption }: Resources): void {
  app.put(
    '/investors/:investorId/bank',
    {
      config: { permission: 'investor:bank' },
      schema: {
        tags,
        summary: 'Set where distributions go to; answers show a mask of it',
        params,
        body: setBankAccount,
        response: { 200: investorView, ...refusals },
      },
    },
    (request) =>
      setInvestorBank(request.ctx, encryption, request.params.investorId, {
        ...request.body,
        version: versionOf(request, request.body.version),
      }),
  )
  app.get(
    '/investors/:investorId/bank',
    {
      config: { permission: 'investor:bank' },
      schema: {
        tags,
        summary: 'Where distributions go to, whole; looking is in the audit log',
        params,
        response: { 200: bankAccountAnswer, ...refusals },
      },
    },
    async (request) => ({ account: await revealInvestorBank(request.ctx, encryption, request.params.investorId) }),
  )
}
