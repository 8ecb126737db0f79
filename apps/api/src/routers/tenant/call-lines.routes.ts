import {
  type CallLineView,
  callLinePage,
  callLineView,
  chargeLateInterest,
  defaultStep,
  id,
  idParam,
  listCallLines as listCallLinesQuery,
  writeOffLine,
} from '@throughline/contracts'
import { chargeInterest, listCallLines, stepDefault, writeOff } from '@throughline/funds'
import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['capital calls']
const params = z.object({ callId: id, lineId: id })

function changed(reply: FastifyReply, line: CallLineView): CallLineView {
  reply.header('etag', `"${line.version}"`)
  return line
}

/** What single investors owe of an issued call, and what is done about it. */
export function registerCallLineRoutes(app: TypedApp): void {
  app.get(
    '/capital-calls/:callId/lines',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Lines of an issued call by the codes of the investors',
        params: idParam('callId'),
        querystring: listCallLinesQuery,
        response: { 200: callLinePage, ...refusals },
      },
    },
    (request) => listCallLines(request.ctx, request.params.callId, request.query),
  )
  app.post(
    '/capital-calls/:callId/lines/:lineId/default',
    {
      config: { permission: 'capital_call:issue' },
      schema: {
        tags,
        summary: 'Default notice, designation of a default by a second person, or cure',
        params,
        body: defaultStep,
        response: { 200: callLineView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      return changed(reply, await stepDefault(request.ctx, { ...request.params, version }, request.body))
    },
  )
  app.post(
    '/capital-calls/:callId/lines/:lineId/late-interest',
    {
      config: { permission: 'capital_call:issue' },
      schema: {
        tags,
        summary: 'Charge interest on what is late, outside of the commitment',
        params,
        body: chargeLateInterest,
        response: { 200: callLineView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      return changed(reply, await chargeInterest(request.ctx, { ...request.params, version }, request.body))
    },
  )
  app.post(
    '/capital-calls/:callId/lines/:lineId/write-off',
    {
      config: { permission: 'capital_call:issue' },
      schema: {
        tags,
        summary: 'Write off a tolerated shortfall, or all that is outstanding of a line',
        params,
        body: writeOffLine,
        response: { 200: callLineView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      return changed(reply, await writeOff(request.ctx, { ...request.params, version }, request.body))
    },
  )
}
