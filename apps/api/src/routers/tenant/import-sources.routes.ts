import {
  idParam,
  importSourcePage,
  importSourceView,
  listImportSources as listQuery,
  updateImportSource as updateBody,
} from '@throughline/contracts'
import { deleteImportSource, listImportSources, updateImportSource } from '@throughline/crm'
import { noContent, refusals, type TypedApp } from '../typed.ts'

const tags = ['deal imports']
const params = idParam('sourceId')

/** How the files of one source are written. */
export function registerImportSourceRoutes(app: TypedApp): void {
  app.get(
    '/import-sources',
    {
      config: { permission: 'deal:import' },
      schema: {
        tags,
        summary: 'Saved mappings by name',
        querystring: listQuery,
        response: { 200: importSourcePage, ...refusals },
      },
    },
    (request) => listImportSources(request.ctx, request.query),
  )
  app.patch(
    '/import-sources/:sourceId',
    {
      config: { permission: 'deal:import' },
      schema: {
        tags,
        summary: 'Change a saved mapping',
        params,
        body: updateBody,
        response: { 200: importSourceView, ...refusals },
      },
    },
    (request) => updateImportSource(request.ctx, request.params.sourceId, request.body),
  )
  app.delete(
    '/import-sources/:sourceId',
    {
      config: { permission: 'deal:import' },
      schema: { tags, summary: 'Forget a saved mapping', params, response: { 204: noContent, ...refusals } },
    },
    async (request, reply) => {
      await deleteImportSource(request.ctx, request.params.sourceId)
      reply.code(204)
    },
  )
}
