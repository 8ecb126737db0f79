import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { AppError } from '@throughline/contracts'
import { assertKey, meter, type PutOptions, type Storage } from './storage.ts'

export interface S3Options {
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** For MinIO and the like; AWS itself when it is not given. */
  endpoint?: string
}

/** S3 takes no part below 5 MiB except the last; one part is what is held in memory. */
const partBytes = 8 * 1024 * 1024

/** Parts of exactly `partBytes`, the last one shorter; one empty part when there is nothing. */
async function* inParts(bytes: AsyncIterable<Buffer>): AsyncGenerator<{ body: Buffer; last: boolean }> {
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of bytes) {
    held.push(chunk)
    size += chunk.byteLength
    while (size > partBytes) {
      const all = Buffer.concat(held)
      yield { body: all.subarray(0, partBytes), last: false }
      held = [all.subarray(partBytes)]
      size -= partBytes
    }
  }
  yield { body: Buffer.concat(held), last: true }
}

const statusOf = (error: unknown): number | undefined => {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined
  const status =
    metadata && typeof metadata === 'object' && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined
  return typeof status === 'number' ? status : undefined
}

const refusal = (error: unknown): unknown =>
  statusOf(error) === 412 || statusOf(error) === 409
    ? new AppError('conflict', { message: 'The key is taken.', cause: error })
    : error

/** Objects in an S3 bucket. Writes carry `If-None-Match: *`, so that a key is never overwritten. */
export function createS3Storage(options: S3Options): Storage {
  const { bucket: Bucket } = options
  const client = new S3Client({
    region: options.region,
    endpoint: options.endpoint,
    forcePathStyle: options.endpoint !== undefined,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
  })

  async function putInParts(key: string, first: Buffer, rest: AsyncGenerator<{ body: Buffer }>, put: PutOptions) {
    const target = { Bucket, Key: key }
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ ...target, ContentType: put.contentType }),
    )
    const Parts: { PartNumber: number; ETag: string | undefined }[] = []
    const sendPart = async (Body: Buffer) => {
      const PartNumber = Parts.length + 1
      const sent = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }), {
        abortSignal: put.signal,
      })
      Parts.push({ PartNumber, ETag: sent.ETag })
    }
    try {
      await sendPart(first)
      for await (const part of rest) await sendPart(part.body)
      const done = { ...target, UploadId, MultipartUpload: { Parts }, IfNoneMatch: '*' }
      await client.send(new CompleteMultipartUploadCommand(done))
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand({ ...target, UploadId }))
      throw error
    }
  }

  return {
    async put(key, body, put) {
      assertKey(key)
      const metered = meter(body, put)
      const parts = inParts(metered.bytes)
      const { value: first } = await parts.next()
      if (!first) throw new Error('an upload has at least one part')
      const whole = { Bucket, Key: key, Body: first.body, ContentType: put.contentType, IfNoneMatch: '*' }
      const sent = first.last
        ? client.send(new PutObjectCommand(whole), { abortSignal: put.signal })
        : putInParts(key, first.body, parts, put)
      await Promise.resolve(sent).catch((error: unknown) => {
        throw refusal(error)
      })
      return metered.result()
    },

    async get(key) {
      assertKey(key)
      const found = await client.send(new GetObjectCommand({ Bucket, Key: key })).catch((error: unknown) => {
        throw statusOf(error) === 404 ? new AppError('not_found', { cause: error }) : error
      })
      if (!(found.Body instanceof Readable)) throw new Error('the S3 client gave no stream')
      return found.Body
    },

    async list(place) {
      assertKey(place)
      const keys: string[] = []
      let ContinuationToken: string | undefined
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: `${place}/`, ContinuationToken }))
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key)
        ContinuationToken = page.NextContinuationToken
      } while (ContinuationToken !== undefined)
      return keys
    },

    async delete(key) {
      assertKey(key)
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }))
    },

    async check() {
      await client.send(new HeadBucketCommand({ Bucket }))
    },
  }
}
