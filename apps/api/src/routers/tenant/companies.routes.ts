import {
  companyPage,
  companyView,
  contactPage,
  contactView,
  createCompany as createCompanyBody,
  createContact as createContactBody,
  listCompanies as listCompaniesQuery,
  listContacts as listContactsQuery,
} from '@throughline/contracts'
import { createCompany, createContact, listCompanies, listContacts } from '@throughline/crm'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['companies']

/** Companies and contacts, as far as a deal needs them. */
export function registerCompanyRoutes(app: TypedApp): void {
  app.get(
    '/companies',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'Companies by name',
        querystring: listCompaniesQuery,
        response: { 200: companyPage, ...refusals },
      },
    },
    (request) => listCompanies(request.ctx, request.query),
  )
  app.post(
    '/companies',
    {
      config: { permission: 'deal:create' },
      schema: {
        tags,
        summary: 'Create a company',
        body: createCompanyBody,
        response: { 201: companyView, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return createCompany(request.ctx, request.body)
    },
  )
  app.get(
    '/contacts',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'Contacts by name',
        querystring: listContactsQuery,
        response: { 200: contactPage, ...refusals },
      },
    },
    (request) => listContacts(request.ctx, request.query),
  )
  app.post(
    '/contacts',
    {
      config: { permission: 'deal:create' },
      schema: {
        tags,
        summary: 'Create a contact',
        body: createContactBody,
        response: { 201: contactView, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return createContact(request.ctx, request.body)
    },
  )
}
