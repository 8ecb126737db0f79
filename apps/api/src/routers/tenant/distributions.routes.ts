import {
  approveDistribution as approveBody,
  cancelDistribution as cancelBody,
  confirmDistribution as confirmBody,
  distributionDetail,
  distributionLinePage,
  distributionPage,
  distributionPreview,
  distributionWaterfall,
  draftDistribution as draftBody,
  idParam,
  listDistributions as listQuery,
  pageQuery,
  payDistribution as payBody,
  updateDistribution as updateBody,
} from '@throughline/contracts'
import {
  approveDistribution,
  cancelDistribution,
  declareDistribution,
  distributionWaterfallCsv,
  draftDistribution,
  getDistribution,
  getDistributionWaterfall,
  listDistributionLines,
  listDistributions,
  payDistribution,
  previewDistribution,
  submitDistribution,
  updateDistribution,
} from '@throughline/funds'
import { bytes, sendCsv } from '../send-file.ts'
import { noBody, refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['distributions']
const params = idParam('distributionId')
const ofFund = idParam('fundId')
const response = { 200: distributionDetail, ...refusals }

function registerDistributionReads(app: TypedApp): void {
  const config = { permission: 'fund:read' } as const
  app.get(
    '/funds/:fundId/distributions',
    {
      config,
      schema: {
        tags,
        summary: 'Distributions of a fund, newest first',
        params: ofFund,
        querystring: listQuery,
        response: { 200: distributionPage, ...refusals },
      },
    },
    (request) => listDistributions(request.ctx, request.params.fundId, request.query),
  )
  app.get(
    '/distributions/:distributionId',
    { config, schema: { tags, summary: 'A distribution with the sums of its lines', params, response } },
    async (request, reply) => {
      const distribution = await getDistribution(request.ctx, request.params.distributionId)
      reply.header('etag', `"${distribution.version}"`)
      return distribution
    },
  )
  app.get(
    '/distributions/:distributionId/lines',
    {
      config,
      schema: {
        tags,
        summary: 'Who gets what: as it was declared, or as it would be now',
        params,
        querystring: pageQuery,
        response: { 200: distributionLinePage, ...refusals },
      },
    },
    (request) => listDistributionLines(request.ctx, request.params.distributionId, request.query),
  )
  app.get(
    '/distributions/:distributionId/waterfall',
    {
      config,
      schema: {
        tags,
        summary: 'How the carry came about, tier by tier: as it was declared, or as it would be now',
        params,
        response: { 200: distributionWaterfall, ...refusals },
      },
    },
    (request) => getDistributionWaterfall(request.ctx, request.params.distributionId),
  )
  app.get(
    '/distributions/:distributionId/waterfall.csv',
    {
      config,
      schema: {
        tags,
        summary: 'The same statement as CSV',
        params,
        response: { 200: bytes, ...refusals },
      },
    },
    async (request, reply) => {
      const statement = await getDistributionWaterfall(request.ctx, request.params.distributionId)
      return sendCsv(reply, `Waterfall ${statement.on}`, distributionWaterfallCsv(statement))
    },
  )
}

function registerDistributionDrafts(app: TypedApp): void {
  const config = { permission: 'distribution:draft' } as const
  app.post(
    '/funds/:fundId/distributions/preview',
    {
      config,
      schema: {
        tags,
        summary: 'A distribution as it stands in a form: its sums, lines and waterfall; nothing is stored',
        params: ofFund,
        body: draftBody,
        response: { 200: distributionPreview, ...refusals },
      },
    },
    (request) => previewDistribution(request.ctx, request.params.fundId, request.body),
  )
  app.post(
    '/funds/:fundId/distributions',
    {
      config,
      schema: {
        tags,
        summary: 'Draft a distribution; it touches no figure',
        params: ofFund,
        body: draftBody,
        response: { 201: distributionDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const made = await draftDistribution(request.ctx, request.params.fundId, request.body)
      reply.code(201).header('location', `/tenant/v1/distributions/${made.id}`).header('etag', `"${made.version}"`)
      return made
    },
  )
  app.put(
    '/distributions/:distributionId',
    {
      config,
      schema: { tags, summary: 'Write a draft anew; an approval is gone with it', params, body: updateBody, response },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const input = { ...request.body, version }
      const distribution = await updateDistribution(request.ctx, request.params.distributionId, input)
      reply.header('etag', `"${distribution.version}"`)
      return distribution
    },
  )
  app.post(
    '/distributions/:distributionId/submit',
    { config, schema: { tags, summary: 'Give a draft to somebody else to look at', params, body: noBody, response } },
    (request) => submitDistribution(request.ctx, request.params.distributionId),
  )
}

function registerDistributionSteps(app: TypedApp): void {
  const config = { permission: 'distribution:issue' } as const
  app.post(
    '/distributions/:distributionId/approve',
    {
      config: { permission: 'distribution:approve' },
      schema: {
        tags,
        summary: 'Approve the lines that were seen; a second person',
        params,
        body: approveBody,
        response,
      },
    },
    (request) => approveDistribution(request.ctx, request.params.distributionId, request.body.matrixSha256),
  )
  app.post(
    '/distributions/:distributionId/declare',
    {
      config,
      schema: {
        tags,
        summary: 'Make it a debt of the fund; the gross amount confirms it',
        params,
        body: confirmBody,
        response,
      },
    },
    (request) => declareDistribution(request.ctx, request.params.distributionId, request.body.amount),
  )
  app.post(
    '/distributions/:distributionId/pay',
    {
      config,
      schema: { tags, summary: 'Pay the lines that are not paid, or some of them', params, body: payBody, response },
    },
    (request) => payDistribution(request.ctx, request.params.distributionId, request.body),
  )
  app.post(
    '/distributions/:distributionId/cancel',
    {
      config,
      schema: { tags, summary: 'Take it back before anybody was paid', params, body: cancelBody, response },
    },
    (request) => cancelDistribution(request.ctx, request.params.distributionId, request.body.reason),
  )
}

/** What funds send back to investors. */
export function registerDistributionRoutes(app: TypedApp): void {
  registerDistributionReads(app)
  registerDistributionDrafts(app)
  registerDistributionSteps(app)
}
