import type { StoredFile } from '@throughline/accounts'
import { contentDisposition, type Storage } from '@throughline/storage'
import type { FastifyReply } from 'fastify'
import * as z from 'zod'

/** What a route that streams a file says of its answer. */
export const bytes = z.unknown().describe('The bytes of the file')

/** Whatever is in a file, no browser runs it as a page of ours. */
const headersOf = (name: string) => ({
  'content-disposition': contentDisposition(name),
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
})

/** A CSV that is made while it is asked for, to be kept. */
export const sendCsv = (reply: FastifyReply, name: string, csv: string): FastifyReply =>
  reply
    .type('text/csv; charset=utf-8')
    .headers(headersOf(`${name}.csv`))
    .send(csv)

/** Streams a file to be kept, not shown. */
export async function sendFile(reply: FastifyReply, storage: Storage, file: StoredFile): Promise<FastifyReply> {
  const body = await storage.get(file.storageKey)
  return reply.type(file.contentType).header('content-length', file.sizeBytes).headers(headersOf(file.name)).send(body)
}
