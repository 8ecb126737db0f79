// A file of a request: streamed to storage, so that its size is nobody's memory, and kept only when something is made of it.
import { AppError } from '@throughline/contracts'
import { type FileKind, recogniseUpload, storageKey } from '@throughline/storage'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Resources } from '../resources.ts'

/** What the parts around a file may take. */
const multipartBytes = 64 * 1024

type UploadResources = Pick<Resources, 'storage' | 'config'> & {
  /** Text, where nothing is said. */
  accepts?: readonly FileKind[]
  /** Where it is kept, where not among the firm's own. */
  place?: string
}
export type Upload = Awaited<ReturnType<typeof storeUpload>>

/**
 * Streams the one file of the request to storage.
 * @throws AppError payload_too_large before the body is read, where it says how long it is; unsupported_media_type for
 * what is not accepted. Nothing is left then
 */
async function storeUpload(request: FastifyRequest, { storage, config, accepts = ['text'], place }: UploadResources) {
  const { maxBytes } = config.uploads
  const tooLarge = () => new AppError('payload_too_large', { details: { maxBytes } })
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + multipartBytes) throw tooLarge()
  // One byte more than is allowed reaches storage, which then refuses: a cut file must not look like a whole one.
  const part = await request.file({ limits: { fileSize: maxBytes + 1 } })
  if (!part) throw new AppError('bad_request', { message: 'The request has no file.' })
  const key = storageKey(place ?? request.ctx.tenantId, request.ctx.now())
  try {
    const { body, contentType } = await recogniseUpload(part.file, accepts)
    const stored = await storage.put(key, body, { contentType, maxBytes })
    return { storageKey: key, name: part.filename, contentType, ...stored }
  } catch (error) {
    // What is still under way is read and dropped. Left unread, it would hold up the next request of this connection.
    request.raw.unpipe().resume()
    throw error
  }
}

/**
 * Stores the file of the request and hands it to `accept`, once for each idempotency key.
 * @param fingerprint what beside the file makes a request another one
 * @param accept says whether it has made something of the file; nothing of it stays in storage otherwise
 */
export async function keepUpload<Answer>(
  request: FastifyRequest,
  reply: FastifyReply,
  { fingerprint, ...resources }: UploadResources & { fingerprint: readonly string[] },
  accept: (file: Upload) => Promise<{ answer: Answer; isKept: boolean }>,
): Promise<Answer> {
  const file = await storeUpload(request, resources)
  let isKept = false
  try {
    return await request.idempotently(reply, [file.sha256, file.name, ...fingerprint], async () => {
      const accepted = await accept(file)
      request.ctx.db.afterCommit(() => {
        isKept = accepted.isKept
      })
      return accepted.answer
    })
  } finally {
    // A replay has stored the same bytes again, a failure for nothing.
    if (!isKept) await resources.storage.delete(file.storageKey)
  }
}
