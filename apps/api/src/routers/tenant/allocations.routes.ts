import {
  allocationPage,
  allocationView,
  allocationWithCall,
  cancelAllocation as cancelAllocationBody,
  createAllocation as createAllocationBody,
  createAllocationWithCall as createAllocationWithCallBody,
  dealFunding as dealFundingView,
  idParam,
  listAllocations as listAllocationsQuery,
} from '@throughline/contracts'
import {
  cancelAllocation,
  createAllocation,
  createAllocationWithCall,
  dealFunding,
  listAllocations,
} from '@throughline/funds'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['allocations']
const ofFund = idParam('fundId')

/** What of won deals goes to funds. */
export function registerAllocationRoutes(app: TypedApp): void {
  app.get(
    '/funds/:fundId/allocations',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Allocations of a fund, newest first',
        params: ofFund,
        querystring: listAllocationsQuery,
        response: { 200: allocationPage, ...refusals },
      },
    },
    (request) => listAllocations(request.ctx, request.params.fundId, request.query),
  )
  app.post(
    '/funds/:fundId/allocations',
    {
      config: { permission: 'allocation:change' },
      schema: {
        tags,
        summary: 'Allocate a part of a won deal to a fund',
        params: ofFund,
        body: createAllocationBody,
        response: { 201: allocationView, ...refusals },
      },
    },
    async (request, reply) => {
      const allocation = await createAllocation(request.ctx, request.params.fundId, request.body)
      reply.code(201).header('etag', `"${allocation.version}"`)
      return allocation
    },
  )
  app.post(
    '/funds/:fundId/allocations/with-call',
    {
      config: { permission: 'allocation:change' },
      schema: {
        tags,
        summary: 'Allocate a part of a won deal and draft the call that pays for it, both or neither',
        params: ofFund,
        body: createAllocationWithCallBody,
        response: { 201: allocationWithCall, ...refusals },
      },
    },
    async (request, reply) => {
      const both = await createAllocationWithCall(request.ctx, request.params.fundId, request.body)
      reply.code(201).header('location', `/tenant/v1/capital-calls/${both.call.id}`)
      return both
    },
  )
  app.post(
    '/allocations/:allocationId/cancel',
    {
      config: { permission: 'allocation:change' },
      schema: {
        tags,
        summary: 'Cancel an allocation that no issued call stands on',
        params: idParam('allocationId'),
        body: cancelAllocationBody,
        response: { 200: allocationView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const wish = { ...request.body, version }
      const allocation = await cancelAllocation(request.ctx, request.params.allocationId, wish)
      reply.header('etag', `"${allocation.version}"`)
      return allocation
    },
  )
  app.get(
    '/deals/:dealId/allocations',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'What the fund desk has of a deal: allocations, calls, and what can be allocated yet',
        params: idParam('dealId'),
        response: { 200: dealFundingView, ...refusals },
      },
    },
    (request) => dealFunding(request.ctx, request.params.dealId),
  )
}
