import {
  companyDetail,
  companyPage,
  companyView,
  createCompany as createCompanyBody,
  idParam,
  listCompanies as listCompaniesQuery,
  recordState,
  updateCompany as updateCompanyBody,
} from '@throughline/contracts'
import {
  createCompany,
  deleteRecord,
  getCompany,
  listCompanies,
  purgeRecord,
  restoreRecord,
  updateCompany,
} from '@throughline/crm'
import { noBody, noContent, refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['companies']
const params = idParam('companyId')

function registerCompanyReads(app: TypedApp): void {
  app.get(
    '/companies',
    {
      config: { permission: 'company:read' },
      schema: {
        tags,
        summary: 'Companies, searched, filtered and sorted',
        querystring: listCompaniesQuery,
        response: { 200: companyPage, ...refusals },
      },
    },
    (request) => listCompanies(request.ctx, request.query),
  )
  app.get(
    '/companies/:companyId',
    {
      config: { permission: 'company:read' },
      schema: {
        tags,
        summary: 'One company with its contacts and deals',
        params,
        response: { 200: companyDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const company = await getCompany(request.ctx, request.params.companyId)
      reply.header('etag', `"${company.version}"`)
      return company
    },
  )
}

function registerCompanyWrites(app: TypedApp): void {
  app.post(
    '/companies',
    {
      config: { permission: 'company:create' },
      schema: {
        tags,
        summary: 'Create a company; 409 names those that look like it',
        body: createCompanyBody,
        response: { 201: companyView, ...refusals },
      },
    },
    async (request, reply) => {
      const company = await createCompany(request.ctx, request.body)
      reply.code(201).header('location', `/tenant/v1/companies/${company.id}`).header('etag', `"${company.version}"`)
      return company
    },
  )
  app.patch(
    '/companies/:companyId',
    {
      config: { permission: 'company:update' },
      schema: {
        tags,
        summary: 'Change a company',
        params,
        body: updateCompanyBody,
        response: { 200: companyView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const company = await updateCompany(request.ctx, request.params.companyId, { ...request.body, version })
      reply.header('etag', `"${company.version}"`)
      return company
    },
  )
}

function registerCompanyTrash(app: TypedApp): void {
  app.delete(
    '/companies/:companyId',
    {
      config: { permission: 'company:update' },
      schema: {
        tags,
        summary: 'Put a company into the trash; what is linked to it stays',
        params,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await deleteRecord(request.ctx, 'company', request.params.companyId, versionOf(request, undefined))
      reply.code(204)
    },
  )
  app.post(
    '/companies/:companyId/restore',
    {
      config: { permission: 'company:update' },
      schema: {
        tags,
        summary: 'Take a company out of the trash',
        params,
        body: noBody,
        response: { 200: recordState, ...refusals },
      },
    },
    async (request, reply) => {
      const state = await restoreRecord(request.ctx, 'company', request.params.companyId)
      reply.header('etag', `"${state.version}"`)
      return state
    },
  )
  app.post(
    '/companies/:companyId/purge',
    {
      config: { permission: 'record:purge' },
      schema: {
        tags,
        summary: 'Remove a company from the trash for good',
        params,
        body: noBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await purgeRecord(request.ctx, 'company', request.params.companyId)
      reply.code(204)
    },
  )
}

/** The firms that business is done with. */
export function registerCompanyRoutes(app: TypedApp): void {
  registerCompanyReads(app)
  registerCompanyWrites(app)
  registerCompanyTrash(app)
}
