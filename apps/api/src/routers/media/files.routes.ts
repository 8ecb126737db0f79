import { findFile } from '@throughline/accounts'
import { AppError, idParam } from '@throughline/contracts'
import * as z from 'zod'
import type { Resources } from '../../resources.ts'
import { refusals, type TypedApp } from '../typed.ts'

/** A name that is safe in a header; others read the encoded one. */
const disposition = (name: string): string => {
  const plain = name.replace(/[^\w. -]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`
}

/** Stored objects of one's own firm, streamed. */
export function registerFileRoutes(app: TypedApp, { storage }: Resources): void {
  app.get(
    '/files/:fileId',
    {
      config: { permission: 'file:read' },
      schema: {
        tags: ['media'],
        summary: 'Download a file',
        params: idParam('fileId'),
        response: {
          200: {
            description: 'The bytes of the file',
            content: { 'application/octet-stream': { schema: z.unknown().meta({ type: 'string', format: 'binary' }) } },
          },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const file = await findFile(request.ctx.db, request.params.fileId)
      if (!file) throw new AppError('not_found', { message: 'There is no such file.' })
      const body = await storage.get(file.storageKey)
      return reply
        .type(file.contentType)
        .header('content-length', file.sizeBytes)
        .header('content-disposition', disposition(file.name))
        .header('cache-control', 'private, no-store')
        .send(body)
    },
  )
}
