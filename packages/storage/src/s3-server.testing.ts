// A small server that speaks the part of S3 that we use, checked uploads ("aws-chunked") included.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** Takes the chunk headers and trailers out of an aws-chunked body. */
function unchunk(body: Buffer): Buffer {
  const chunks: Buffer[] = []
  let at = 0
  while (at < body.byteLength) {
    const lineEnd = body.indexOf('\r\n', at)
    const size = Number.parseInt(body.subarray(at, lineEnd).toString().split(';')[0] ?? '0', 16)
    if (size === 0) break
    chunks.push(body.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
  return Buffer.concat(chunks)
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const raw = Buffer.concat(chunks)
  return request.headers['content-encoding']?.includes('aws-chunked') ? unchunk(raw) : raw
}

const etag = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`
const xml = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?>${inner}`

/** Starts the server on a free port. `objects` and `uploads` show what it holds. */
export async function startS3Server(bucket: string) {
  const objects = new Map<string, Buffer>()
  const uploads = new Map<string, Map<number, Buffer>>()

  const answer = (response: ServerResponse, status: number, body: string | Buffer = '', headers = {}) =>
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body)
  const store = (request: IncomingMessage, response: ServerResponse, key: string, body: Buffer, done: string) => {
    if (request.headers['if-none-match'] === '*' && objects.has(key))
      return answer(response, 412, xml('<Error><Code>PreconditionFailed</Code></Error>'))
    objects.set(key, body)
    return answer(response, 200, done, { etag: etag(body) })
  }

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://s3.test')
    const [, name, ...rest] = url.pathname.split('/')
    const key = rest.join('/')
    const uploadId = url.searchParams.get('uploadId')
    const parts = uploadId ? uploads.get(uploadId) : undefined
    const body = await bodyOf(request)
    const route = `${request.method} ${uploadId ? 'upload' : url.searchParams.has('uploads') ? 'uploads' : key ? 'object' : 'bucket'}`
    if (name !== bucket) return answer(response, 404, xml('<Error><Code>NoSuchBucket</Code></Error>'))
    switch (route) {
      case 'HEAD bucket':
        return answer(response, 200)
      case 'GET bucket': {
        // Two keys a page, so that whoever lists has to turn pages.
        const prefix = url.searchParams.get('prefix') ?? ''
        const from = Number(url.searchParams.get('continuation-token') ?? 0)
        const keys = [...objects.keys()].filter((each) => each.startsWith(prefix)).sort()
        const contents = keys.slice(from, from + 2).map((each) => `<Contents><Key>${each}</Key></Contents>`)
        const next = from + 2 < keys.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ''
        return answer(response, 200, xml(`<ListBucketResult>${contents.join('')}${next}</ListBucketResult>`))
      }
      case 'PUT object':
        return store(request, response, key, body, '')
      case 'POST uploads': {
        const id = `upload-${uploads.size + 1}`
        uploads.set(id, new Map())
        return answer(
          response,
          200,
          xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`),
        )
      }
      case 'PUT upload':
        parts?.set(Number(url.searchParams.get('partNumber')), body)
        return answer(response, 200, '', { etag: etag(body) })
      case 'POST upload': {
        const whole = Buffer.concat([...(parts ?? [])].sort(([a], [b]) => a - b).map(([, part]) => part))
        uploads.delete(uploadId ?? '')
        return store(request, response, key, whole, xml('<CompleteMultipartUploadResult/>'))
      }
      case 'DELETE upload':
        uploads.delete(uploadId ?? '')
        return answer(response, 204)
      case 'DELETE object':
        objects.delete(key)
        return answer(response, 204)
      case 'GET object': {
        const found = objects.get(key)
        return found
          ? answer(response, 200, found)
          : answer(response, 404, xml('<Error><Code>NoSuchKey</Code></Error>'))
      }
      default:
        return answer(response, 501)
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => answer(response, 500, String(error)))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the S3 server has no port')
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    objects,
    uploads,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}
