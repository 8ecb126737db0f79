import {
  idParam,
  leadReceived,
  leadSubmissionPage,
  leadSubmissionView,
  listLeads as listLeadsQuery,
  submitLead as submitLeadBody,
} from '@throughline/contracts'
import { acceptLead, discardLead, listLeads, submitLead } from '@throughline/crm'
import { noBody, refusals, type TypedApp } from '../typed.ts'

const tags = ['leads']
const params = idParam('submissionId')
const review = { permission: 'lead:review' } as const

/** What a website's form sends, and what is held back of it. */
export function registerLeadRoutes(app: TypedApp): void {
  app.post(
    '/leads',
    {
      config: { permission: 'lead:create' },
      schema: {
        tags,
        summary: 'Take what a form sent; the answer is the same for what is held as spam',
        body: submitLeadBody,
        response: { 202: leadReceived, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202)
      return submitLead(request.ctx, request.body)
    },
  )
  app.get(
    '/leads',
    {
      config: review,
      schema: {
        tags,
        summary: 'Submissions in a state, newest first',
        querystring: listLeadsQuery,
        response: { 200: leadSubmissionPage, ...refusals },
      },
    },
    (request) => listLeads(request.ctx, request.query),
  )
  const acts = [
    { act: 'accept', summary: 'It was a person: make contact and deal', run: acceptLead },
    { act: 'discard', summary: 'It was spam', run: discardLead },
  ]
  for (const { act, summary, run } of acts)
    app.post(
      `/leads/:submissionId/${act}`,
      {
        config: review,
        schema: { tags, summary, params, body: noBody, response: { 200: leadSubmissionView, ...refusals } },
      },
      (request) => run(request.ctx, request.params.submissionId),
    )
}
