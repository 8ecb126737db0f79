import type { StoredFile } from '@throughline/accounts'
import { contentDisposition, type Storage } from '@throughline/storage'
import type { FastifyReply } from 'fastify'
import * as z from 'zod'

/** What a route that streams a file says of its answer. */
export const bytes = z.unknown().describe('The bytes of the file')

/** Streams a file to be kept, not shown: whatever is in it, no browser runs it as a page of ours. */
export async function sendFile(reply: FastifyReply, storage: Storage, file: StoredFile): Promise<FastifyReply> {
  const body = await storage.get(file.storageKey)
  return reply
    .type(file.contentType)
    .header('content-length', file.sizeBytes)
    .header('content-disposition', contentDisposition(file.name))
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .send(body)
}
