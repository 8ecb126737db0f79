import {
  type CapitalCallView,
  callMatrix as callMatrixView,
  callStep,
  cancelCapitalCall,
  capitalCallDetail,
  capitalCallPage,
  capitalCallView,
  draftCapitalCall,
  draftOvercall as draftOvercallBody,
  idParam,
  listCapitalCalls,
  type Permission,
  updateCapitalCall,
} from '@throughline/contracts'
import {
  approveCall,
  callMatrix,
  cancelCall,
  closeCall,
  draftCall,
  draftOvercall,
  getCall,
  issueCall,
  listCalls,
  previewCall,
  reopenCall,
  returnCall,
  submitCall,
  updateCall,
} from '@throughline/funds'
import type { FastifyReply } from 'fastify'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['capital calls']
const ofFund = idParam('fundId')
const params = idParam('callId')

/** The call that a change leaves, with its version. */
function changed(reply: FastifyReply, call: CapitalCallView): CapitalCallView {
  reply.header('etag', `"${call.version}"`)
  return call
}

function drafted(reply: FastifyReply, call: CapitalCallView): CapitalCallView {
  reply.code(201).header('location', `/tenant/v1/capital-calls/${call.id}`)
  return changed(reply, call)
}

function registerCallReads(app: TypedApp): void {
  app.get(
    '/funds/:fundId/capital-calls',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Capital calls of a fund, newest first',
        params: ofFund,
        querystring: listCapitalCalls,
        response: { 200: capitalCallPage, ...refusals },
      },
    },
    (request) => listCalls(request.ctx, request.params.fundId, request.query),
  )
  app.get(
    '/capital-calls/:callId',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'One capital call, with its components and what can be done with it',
        params,
        response: { 200: capitalCallDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const call = await getCall(request.ctx, request.params.callId)
      reply.header('etag', `"${call.version}"`)
      return call
    },
  )
  app.get(
    '/capital-calls/:callId/matrix',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Who would pay what of a call that is not issued, with a proof of each cent',
        params,
        response: { 200: callMatrixView, ...refusals },
      },
    },
    (request) => callMatrix(request.ctx, request.params.callId),
  )
}

function registerCallDrafts(app: TypedApp): void {
  app.post(
    '/funds/:fundId/capital-calls/preview',
    {
      config: { permission: 'capital_call:draft' },
      schema: {
        tags,
        summary: 'The matrix of a call as it stands in a form; nothing is stored',
        params: ofFund,
        body: draftCapitalCall,
        response: { 200: callMatrixView, ...refusals },
      },
    },
    (request) => previewCall(request.ctx, request.params.fundId, request.body),
  )
  app.post(
    '/funds/:fundId/capital-calls',
    {
      config: { permission: 'capital_call:draft' },
      schema: {
        tags,
        summary: 'Draft a capital call',
        params: ofFund,
        body: draftCapitalCall,
        response: { 201: capitalCallView, ...refusals },
      },
    },
    async (request, reply) => drafted(reply, await draftCall(request.ctx, request.params.fundId, request.body)),
  )
  app.put(
    '/capital-calls/:callId',
    {
      config: { permission: 'capital_call:draft' },
      schema: {
        tags,
        summary: 'Write a call anew, which takes an approval back',
        params,
        body: updateCapitalCall,
        response: { 200: capitalCallView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      return changed(reply, await updateCall(request.ctx, request.params.callId, { ...request.body, version }))
    },
  )
  app.post(
    '/capital-calls/:callId/overcall',
    {
      config: { permission: 'capital_call:draft' },
      schema: {
        tags,
        summary: 'Draft what others make up for of a component that was not paid',
        params,
        body: draftOvercallBody,
        response: { 201: capitalCallView, ...refusals },
      },
    },
    async (request, reply) => drafted(reply, await draftOvercall(request.ctx, request.params.callId, request.body)),
  )
}

const steps = [
  { name: 'submit', permission: 'capital_call:draft', summary: 'Ask a second person for approval', take: submitCall },
  {
    name: 'approve',
    permission: 'capital_call:approve',
    summary: 'Approve the matrix, as a second person',
    take: approveCall,
  },
  { name: 'return', permission: 'capital_call:approve', summary: 'Return a call to its author', take: returnCall },
  { name: 'issue', permission: 'capital_call:issue', summary: 'Issue an approved call', take: issueCall },
  { name: 'close', permission: 'capital_call:issue', summary: 'Close a call that is funded', take: closeCall },
  { name: 'reopen', permission: 'capital_call:issue', summary: 'Re-open a closed call', take: reopenCall },
] as const satisfies readonly { name: string; permission: Permission; summary: string; take: typeof submitCall }[]

function registerCallSteps(app: TypedApp): void {
  for (const { name, permission, summary, take } of steps)
    app.post(
      `/capital-calls/:callId/${name}`,
      {
        config: { permission },
        schema: { tags, summary, params, body: callStep, response: { 200: capitalCallView, ...refusals } },
      },
      async (request, reply) => {
        const version = versionOf(request, request.body.version)
        return changed(reply, await take(request.ctx, request.params.callId, version))
      },
    )
  app.post(
    '/capital-calls/:callId/cancel',
    {
      config: { permission: 'capital_call:issue' },
      schema: {
        tags,
        summary: 'Cancel a call; of an issued one without payments everything is taken back',
        params,
        body: cancelCapitalCall,
        response: { 200: capitalCallView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      return changed(reply, await cancelCall(request.ctx, request.params.callId, { ...request.body, version }))
    },
  )
}

/** What investors are asked for. */
export function registerCapitalCallRoutes(app: TypedApp): void {
  registerCallReads(app)
  registerCallDrafts(app)
  registerCallSteps(app)
}
