import { createFileLink, findLinkedFile, getFile, linkSigner } from '@throughline/accounts'
import { AppError, fileLink, idParam } from '@throughline/contracts'
import * as z from 'zod'
import type { Resources } from '../../resources.ts'
import { bytes, sendFile } from '../send-file.ts'
import { noBody, refusals, type TypedApp } from '../typed.ts'

const tags = ['media']
const params = idParam('fileId')
const linkParams = z.object({ token: z.string() })

const signerOf = ({ config: { tokens } }: Resources) => linkSigner(tokens.secret, tokens.previousSecret)

/** Stored objects of one's own firm, streamed. */
export function registerFileRoutes(app: TypedApp, resources: Resources): void {
  const { storage } = resources
  const link = { signer: signerOf(resources), urlOf: (token: string) => `/media/v1/links/${token}` }
  app.get(
    '/files/:fileId',
    {
      config: { permission: 'file:read' },
      schema: { tags, summary: 'Download a file', params, response: { 200: bytes, ...refusals } },
    },
    async (request, reply) => sendFile(reply, storage, await getFile(request.ctx, request.params.fileId)),
  )
  app.post(
    '/files/:fileId/link',
    {
      config: {
        permission: 'file:read',
        idempotency: 'none',
        because: 'a link must not be kept, and a second one does no harm',
      },
      schema: {
        tags,
        summary: 'Make a link to a file that works for five minutes without signing in',
        params,
        body: noBody,
        response: { 200: fileLink, ...refusals },
      },
    },
    (request) => createFileLink(request.ctx, request.params.fileId, link),
  )
}

/** Files for whoever holds a link. A link that is not good is answered as an address where nothing is. */
export function registerFileLinkRoutes(app: TypedApp, resources: Resources): void {
  const { storage, database } = resources
  const signer = signerOf(resources)
  app.get(
    '/links/:token',
    {
      config: { because: 'the link itself says which file of which firm it opens, and until when; it is sealed' },
      // Who reads the log could open the link.
      logSerializers: { req: ({ method, ip }) => ({ method, url: '/media/v1/links/[redacted]', remoteAddress: ip }) },
      schema: {
        tags,
        summary: 'Download the file of a link',
        security: [],
        params: linkParams,
        response: { 200: bytes, ...refusals },
      },
    },
    async (request, reply) => {
      const file = await findLinkedFile({ database, signer, now: new Date() }, request.params.token)
      if (!file) return reply.callNotFound()
      try {
        return await sendFile(reply, storage, file)
      } catch (error) {
        if (error instanceof AppError && error.code === 'not_found') return reply.callNotFound()
        throw error
      }
    },
  )
}
