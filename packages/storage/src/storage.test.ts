import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDiskStorage } from './disk.ts'
import { createS3Storage } from './s3.ts'
import { startS3Server } from './s3-server.testing.ts'
import { type Storage, storageKey } from './storage.ts'

const tenantId = '01981a00-0000-7000-8000-000000000001'
const options = { contentType: 'text/csv', maxBytes: 30 * 1024 * 1024 }
const freshKey = () => storageKey(tenantId, new Date('2026-03-05T00:00:00Z'))

async function* chunksOf(bytes: Buffer, size = 64 * 1024) {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size)
}
async function* failing() {
  yield Buffer.from('half of ')
  throw new Error('the client went away')
}

interface Backend {
  storage: Storage
  /** Names of everything that is stored, finished or not. */
  everything: () => Promise<string[]>
  close: () => Promise<void>
}

async function diskBackend(): Promise<Backend> {
  const root = await mkdtemp(join(tmpdir(), 'throughline-storage-'))
  const everything = async () => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  }
  return { storage: createDiskStorage(root), everything, close: () => rm(root, { recursive: true }) }
}

async function s3Backend(): Promise<Backend> {
  const server = await startS3Server('files')
  const access = { region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'a secret for the test server' }
  const storage = createS3Storage({ bucket: 'files', endpoint: server.endpoint, ...access })
  return { storage, everything: async () => [...server.objects.keys(), ...server.uploads.keys()], close: server.close }
}

describe.each([
  ['disk', diskBackend],
  ['S3', s3Backend],
])('storage on %s', (_name, open) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await open()
  })
  afterAll(() => backend.close())

  it.each([0, 1, 70_000, 20 * 1024 * 1024 + 3])(
    'gives back %i bytes as they came, with size and SHA-256',
    async (size) => {
      const bytes = randomBytes(size)
      const key = freshKey()
      const stored = await backend.storage.put(key, chunksOf(bytes), options)
      expect(stored).toEqual({ sizeBytes: size, sha256: createHash('sha256').update(bytes).digest('hex') })
      expect((await buffer(await backend.storage.get(key))).equals(bytes)).toBe(true)
    },
  )

  it('never overwrites a key', async () => {
    const key = freshKey()
    await backend.storage.put(key, chunksOf(Buffer.from('first')), options)
    await expect(backend.storage.put(key, chunksOf(Buffer.from('second')), options)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await buffer(await backend.storage.get(key))).toString()).toBe('first')
  })

  it.each([10, 9 * 1024 * 1024])('refuses more than %i bytes and leaves nothing of it', async (maxBytes) => {
    const before = await backend.everything()
    const body = chunksOf(randomBytes(maxBytes + 1))
    await expect(backend.storage.put(freshKey(), body, { ...options, maxBytes })).rejects.toMatchObject({
      code: 'payload_too_large',
    })
    expect(await backend.everything()).toEqual(before)
  })

  it('takes exactly the limit', async () => {
    await expect(
      backend.storage.put(freshKey(), chunksOf(Buffer.alloc(10)), { ...options, maxBytes: 10 }),
    ).resolves.toMatchObject({ sizeBytes: 10 })
  })

  it('leaves nothing of an upload that breaks off', async () => {
    const before = await backend.everything()
    await expect(backend.storage.put(freshKey(), failing(), options)).rejects.toThrow('the client went away')
    expect(await backend.everything()).toEqual(before)
  })

  it('leaves nothing of an upload that is aborted', async () => {
    const before = await backend.everything()
    const aborted = { ...options, signal: AbortSignal.abort(new Error('draining')) }
    await expect(backend.storage.put(freshKey(), chunksOf(Buffer.alloc(10)), aborted)).rejects.toThrow()
    expect(await backend.everything()).toEqual(before)
  })

  it.each(['../outside', '/etc/passwd', 'a/../../b', 'a//b', '.hidden', 'a\\..\\b', 'a\0b', ''])(
    'refuses the key %j',
    async (key) => {
      const refused = { code: 'bad_request' }
      await expect(backend.storage.put(key, chunksOf(Buffer.from('x')), options)).rejects.toMatchObject(refused)
      await expect(backend.storage.get(key)).rejects.toMatchObject(refused)
      await expect(backend.storage.delete(key)).rejects.toMatchObject(refused)
    },
  )

  it('says not_found for what is not there, and again after a delete', async () => {
    const key = freshKey()
    await expect(backend.storage.get(key)).rejects.toMatchObject({ code: 'not_found' })
    await backend.storage.put(key, chunksOf(Buffer.from('x')), options)
    await backend.storage.delete(key)
    await backend.storage.delete(key)
    await expect(backend.storage.get(key)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('lists what lies below a place, however much that is, and nothing beside it', async () => {
    const { storage } = backend
    expect(await storage.list('seals')).toEqual([])
    const keys = Array.from({ length: 5 }, () => storageKey('seals', new Date('2026-03-05T00:00:00Z')))
    for (const key of [...keys, storageKey('seals-of-others', new Date())])
      await storage.put(key, chunksOf(Buffer.from('x')), options)
    expect((await storage.list('seals')).sort()).toEqual(keys.sort())
    await expect(storage.list('../seals')).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('checks that it can be used', async () => {
    await expect(backend.storage.check()).resolves.toBeUndefined()
  })
})

describe('a storage that is not there', () => {
  it('fails its check', async () => {
    const access = {
      region: 'us-east-1',
      accessKeyId: 'key',
      secretAccessKey: 'secret',
      endpoint: 'http://127.0.0.1:9',
    }
    await expect(createS3Storage({ bucket: 'files', ...access }).check()).rejects.toThrow()
    const file = join(await mkdtemp(join(tmpdir(), 'throughline-storage-')), 'file')
    await createDiskStorage(join(file, '..')).put('a', chunksOf(Buffer.from('x')), options)
    expect(await readFile(join(file, '..', 'a'), 'utf8')).toBe('x')
    await expect(createDiskStorage(join(file, '..', 'a')).check()).rejects.toThrow()
  })
})

describe('a storage key', () => {
  it('is tenant, year, month and a fresh id', () => {
    expect(freshKey()).toMatch(new RegExp(`^${tenantId}/2026/03/[0-9a-f-]{36}$`))
    expect(freshKey()).not.toBe(freshKey())
  })
})
