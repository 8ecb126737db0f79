import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, constants, link, mkdir, open, readdir, rm, unlink } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '@throughline/contracts'
import { assertKey, meter, type Storage } from './storage.ts'

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Written, flushed and only then given its name: a crash leaves a temporary file, never half an object. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Objects as files under `root`. */
export function createDiskStorage(root: string): Storage {
  const base = resolve(root)
  const uploads = join(base, '.uploads')

  const pathOf = (key: string): string => {
    assertKey(key)
    const path = resolve(base, key)
    if (!path.startsWith(base + sep)) throw new AppError('bad_request', { message: 'This is not a storage key.' })
    return path
  }

  return {
    async put(key, body, options) {
      const path = pathOf(key)
      const temporary = join(uploads, randomUUID())
      await mkdir(uploads, { recursive: true })
      const metered = meter(body, options)
      try {
        await pipeline(metered.bytes, createWriteStream(temporary, { flags: 'wx', mode: 0o640 }), {
          signal: options.signal,
        })
        await flush(temporary)
        await mkdir(dirname(path), { recursive: true })
        // A link, not a rename: it fails where a rename would overwrite.
        await link(temporary, path)
      } catch (error) {
        throw codeOf(error) === 'EEXIST'
          ? new AppError('conflict', { message: 'The key is taken.', cause: error })
          : error
      } finally {
        await rm(temporary, { force: true })
      }
      return metered.result()
    },

    async get(key) {
      const stream = createReadStream(pathOf(key))
      await new Promise<void>((opened, failed) => {
        stream.once('open', () => opened())
        stream.once('error', (error) =>
          failed(codeOf(error) === 'ENOENT' ? new AppError('not_found', { cause: error }) : error),
        )
      })
      return stream
    },

    async list(place) {
      const entries = await readdir(pathOf(place), { recursive: true, withFileTypes: true }).catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return []
        throw error
      })
      const files = entries.filter((entry) => entry.isFile())
      return files.map(({ parentPath, name }) => relative(base, join(parentPath, name)).replaceAll(sep, '/'))
    },

    async delete(key) {
      await unlink(pathOf(key)).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error
      })
    },

    async check() {
      await mkdir(uploads, { recursive: true })
      await access(uploads, constants.W_OK)
    },
  }
}
