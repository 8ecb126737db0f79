import {
  createCustomField as createCustomFieldBody,
  customFieldList,
  customFieldView,
  idParam,
  leadSourceList,
  listCustomFields as listCustomFieldsQuery,
  listTags as listTagsQuery,
  orderCustomFields as orderCustomFieldsBody,
  tagList,
  updateCustomField as updateCustomFieldBody,
} from '@throughline/contracts'
import {
  archiveCustomField,
  createCustomField,
  listCustomFields,
  listLeadSources,
  listTags,
  orderCustomFields,
  restoreCustomField,
  updateCustomField,
} from '@throughline/crm'
import { noBody, refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['fields']
const params = idParam('fieldId')

/** Fields that a firm defines, and words that its records carry already. */
export function registerCustomFieldRoutes(app: TypedApp): void {
  app.get(
    '/custom-fields',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'Custom fields in their order, the archived ones too',
        querystring: listCustomFieldsQuery,
        response: { 200: customFieldList, ...refusals },
      },
    },
    async (request) => ({ data: await listCustomFields(request.ctx, request.query.kind) }),
  )
  app.post(
    '/custom-fields',
    {
      config: { permission: 'settings:update' },
      schema: {
        tags,
        summary: 'Add a custom field',
        body: createCustomFieldBody,
        response: { 201: customFieldView, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return createCustomField(request.ctx, request.body)
    },
  )
  app.put(
    '/custom-fields/order',
    {
      config: { permission: 'settings:update' },
      schema: {
        tags,
        summary: 'Put the custom fields into an order',
        body: orderCustomFieldsBody,
        response: { 200: customFieldList, ...refusals },
      },
    },
    async (request) => ({ data: await orderCustomFields(request.ctx, request.body.ids) }),
  )
  app.patch(
    '/custom-fields/:fieldId',
    {
      config: { permission: 'settings:update' },
      schema: {
        tags,
        summary: 'Change the label or the options of a custom field',
        params,
        body: updateCustomFieldBody,
        response: { 200: customFieldView, ...refusals },
      },
    },
    (request) => {
      const version = versionOf(request, request.body.version)
      return updateCustomField(request.ctx, request.params.fieldId, { ...request.body, version })
    },
  )
  for (const [act, summary, run] of [
    ['archive', 'Archive a custom field; its values stay', archiveCustomField],
    ['restore', 'Bring an archived custom field back', restoreCustomField],
  ] as const)
    app.post(
      `/custom-fields/:fieldId/${act}`,
      {
        config: { permission: 'settings:update' },
        schema: { tags, summary, params, body: noBody, response: { 200: customFieldView, ...refusals } },
      },
      (request) => run(request.ctx, request.params.fieldId),
    )
  app.get(
    '/tags',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'Tags in use, most used first',
        querystring: listTagsQuery,
        response: { 200: tagList, ...refusals },
      },
    },
    (request) => listTags(request.ctx, request.query.kind),
  )
  app.get(
    '/lead-sources',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'Lead sources in use, most used first',
        response: { 200: leadSourceList, ...refusals },
      },
    },
    (request) => listLeadSources(request.ctx),
  )
}
