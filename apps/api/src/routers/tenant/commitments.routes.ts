import {
  changeCommitment as changeCommitmentBody,
  commitmentView,
  createCommitment as createCommitmentBody,
  fundInvestorPage,
  fundPositionQuery,
  fundPositionView,
  idParam,
  listFundInvestors as listFundInvestorsQuery,
  listPositionEvents as listPositionEventsQuery,
  positionEventPage,
  transferCommitment as transferCommitmentBody,
  transferView,
} from '@throughline/contracts'
import {
  changeCommitment,
  createCommitment,
  getFundPosition,
  listFundInvestors,
  listPositionEvents,
  transferCommitment,
} from '@throughline/funds'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['commitments']
const ofFund = idParam('fundId')
const ofInvestor = ofFund.extend(idParam('investorId').shape)
const params = idParam('commitmentId')

/** What investors have promised to a fund, and where they stand. */
export function registerCommitmentRoutes(app: TypedApp): void {
  registerReads(app)
  registerWrites(app)
}

function registerReads(app: TypedApp): void {
  app.get(
    '/funds/:fundId/investors',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'The investors of a fund by name, with where they stand',
        params: ofFund,
        querystring: listFundInvestorsQuery,
        response: { 200: fundInvestorPage, ...refusals },
      },
    },
    (request) => listFundInvestors(request.ctx, request.params.fundId, request.query),
  )
  app.get(
    '/funds/:fundId/investors/:investorId',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Where one investor stood at the end of a day, with its commitments',
        params: ofInvestor,
        querystring: fundPositionQuery,
        response: { 200: fundPositionView, ...refusals },
      },
    },
    (request) => getFundPosition(request.ctx, request.params, request.query),
  )
  app.get(
    '/funds/:fundId/investors/:investorId/events',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'What has happened to one investor in a fund, latest first',
        params: ofInvestor,
        querystring: listPositionEventsQuery,
        response: { 200: positionEventPage, ...refusals },
      },
    },
    (request) => listPositionEvents(request.ctx, request.params, request.query),
  )
}

function registerWrites(app: TypedApp): void {
  app.post(
    '/funds/:fundId/commitments',
    {
      config: { permission: 'commitment:change' },
      schema: {
        tags,
        summary: 'Write down what an investor has signed in a close',
        params: ofFund,
        body: createCommitmentBody,
        response: { 201: commitmentView, ...refusals },
      },
    },
    async (request, reply) => {
      const commitment = await createCommitment(request.ctx, request.params.fundId, request.body)
      reply.code(201).header('etag', `"${commitment.version}"`)
      return commitment
    },
  )
  app.post(
    '/commitments/:commitmentId/change',
    {
      config: { permission: 'commitment:change' },
      schema: {
        tags,
        summary: 'Increase or decrease a commitment from a day on, or release a part of it',
        params,
        body: changeCommitmentBody,
        response: { 200: commitmentView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const commitment = await changeCommitment(request.ctx, request.params.commitmentId, { ...request.body, version })
      reply.header('etag', `"${commitment.version}"`)
      return commitment
    },
  )
  app.post(
    '/commitments/:commitmentId/transfer',
    {
      config: { permission: 'commitment:change' },
      schema: {
        tags,
        summary: 'A commitment, or a part of it, goes to another investor',
        params,
        body: transferCommitmentBody,
        response: { 200: transferView, ...refusals },
      },
    },
    (request) =>
      transferCommitment(request.ctx, request.params.commitmentId, {
        ...request.body,
        version: versionOf(request, request.body.version),
      }),
  )
}
