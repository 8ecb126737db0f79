import {
  contactDetail,
  contactPage,
  contactView,
  createContact as createContactBody,
  idParam,
  listContacts as listContactsQuery,
  recordState,
  updateContact as updateContactBody,
} from '@throughline/contracts'
import {
  createContact,
  deleteRecord,
  getContact,
  listContacts,
  purgeRecord,
  restoreRecord,
  updateContact,
} from '@throughline/crm'
import { noBody, noContent, refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['contacts']
const params = idParam('contactId')

function registerContactReads(app: TypedApp): void {
  app.get(
    '/contacts',
    {
      config: { permission: 'contact:read' },
      schema: {
        tags,
        summary: 'Contacts, searched, filtered and sorted',
        querystring: listContactsQuery,
        response: { 200: contactPage, ...refusals },
      },
    },
    (request) => listContacts(request.ctx, request.query),
  )
  app.get(
    '/contacts/:contactId',
    {
      config: { permission: 'contact:read' },
      schema: { tags, summary: 'One contact with its deals', params, response: { 200: contactDetail, ...refusals } },
    },
    async (request, reply) => {
      const contact = await getContact(request.ctx, request.params.contactId)
      reply.header('etag', `"${contact.version}"`)
      return contact
    },
  )
}

function registerContactWrites(app: TypedApp): void {
  app.post(
    '/contacts',
    {
      config: { permission: 'contact:create' },
      schema: {
        tags,
        summary: 'Create a contact; 409 names those that look like it',
        body: createContactBody,
        response: { 201: contactView, ...refusals },
      },
    },
    async (request, reply) => {
      const contact = await createContact(request.ctx, request.body)
      reply.code(201).header('location', `/tenant/v1/contacts/${contact.id}`).header('etag', `"${contact.version}"`)
      return contact
    },
  )
  app.patch(
    '/contacts/:contactId',
    {
      config: { permission: 'contact:update' },
      schema: {
        tags,
        summary: 'Change a contact',
        params,
        body: updateContactBody,
        response: { 200: contactView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const contact = await updateContact(request.ctx, request.params.contactId, { ...request.body, version })
      reply.header('etag', `"${contact.version}"`)
      return contact
    },
  )
}

function registerContactTrash(app: TypedApp): void {
  app.delete(
    '/contacts/:contactId',
    {
      config: { permission: 'contact:update' },
      schema: {
        tags,
        summary: 'Put a contact into the trash; what is linked to it stays',
        params,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await deleteRecord(request.ctx, 'contact', request.params.contactId, versionOf(request, undefined))
      reply.code(204)
    },
  )
  app.post(
    '/contacts/:contactId/restore',
    {
      config: { permission: 'contact:update' },
      schema: {
        tags,
        summary: 'Take a contact out of the trash',
        params,
        body: noBody,
        response: { 200: recordState, ...refusals },
      },
    },
    async (request, reply) => {
      const state = await restoreRecord(request.ctx, 'contact', request.params.contactId)
      reply.header('etag', `"${state.version}"`)
      return state
    },
  )
  app.post(
    '/contacts/:contactId/purge',
    {
      config: { permission: 'record:purge' },
      schema: {
        tags,
        summary: 'Remove a contact from the trash for good',
        params,
        body: noBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await purgeRecord(request.ctx, 'contact', request.params.contactId)
      reply.code(204)
    },
  )
}

/** The people at these firms. */
export function registerContactRoutes(app: TypedApp): void {
  registerContactReads(app)
  registerContactWrites(app)
  registerContactTrash(app)
}
