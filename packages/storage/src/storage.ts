// Objects by key, on disk or in S3. A key is written once and never again: what was uploaded stays what it was.
import { createHash, randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { AppError } from '@throughline/contracts'

export interface StoredObject {
  sizeBytes: number
  /** Hex. */
  sha256: string
}

export interface PutOptions {
  contentType: string
  /** More than this is refused, and nothing is left of it. */
  maxBytes: number
  /** Ends the upload early; nothing is left of it. */
  signal?: AbortSignal
}

export type ObjectBody = AsyncIterable<Uint8Array | string>

export interface Storage {
  /**
   * Streams `body` to `key`, hashing as it goes; memory stays flat.
   * @throws AppError payload_too_large over `maxBytes`, conflict when the key is taken
   */
  put(key: string, body: ObjectBody, options: PutOptions): Promise<StoredObject>
  /** @throws AppError not_found */
  get(key: string): Promise<Readable>
  /** Every key below a place, `audit-seals` for `audit-seals/2026/11/…`; none when nothing is there. In no order. */
  list(place: string): Promise<string[]>
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>
  /** @throws Error when objects could not be written now */
  check(): Promise<void>
}

const keyShape = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/i

/** Refuses what could leave the root or mean different things to different backends. @throws AppError bad_request */
export function assertKey(key: string): void {
  if (key.length > 512 || !keyShape.test(key) || key.includes('..'))
    throw new AppError('bad_request', { message: 'This is not a storage key.' })
}

/** A fresh key, `<place>/<yyyy>/<mm>/<uuid>`, where a place begins with the tenant's id: never derived from what a user typed. */
export function storageKey(place: string, now: Date): string {
  const month = String(now.getUTCMonth() + 1).padStart(2, '0')
  return `${place}/${now.getUTCFullYear()}/${month}/${randomUUID()}`
}

/** Counts and hashes what passes. `result` is what has passed so far. */
export function meter(body: ObjectBody, { maxBytes, signal }: Pick<PutOptions, 'maxBytes' | 'signal'>) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  async function* pass(): AsyncGenerator<Buffer> {
    for await (const chunk of body) {
      signal?.throwIfAborted()
      const bytes =
        typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      sizeBytes += bytes.byteLength
      if (sizeBytes > maxBytes) throw new AppError('payload_too_large', { details: { maxBytes } })
      hash.update(bytes)
      yield bytes
    }
  }
  return { bytes: pass(), result: (): StoredObject => ({ sizeBytes, sha256: hash.digest('hex') }) }
}
