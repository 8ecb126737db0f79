// For the demo: a mail is a file, and the console opens the folder.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import type { Mail, Mailer } from './mail.ts'

const stored = z.object({
  id: z.string(),
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  sentAt: z.string(),
})
export type StoredMail = z.infer<typeof stored>

const fileName = /^(\d{15})-([\w-]{1,80})\.json$/
const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Names sort by time; a mail that is sent again under its id is another file, as it would be another mail. */
const nameOf = (mail: Mail, at: Date): string => `${String(at.getTime()).padStart(15, '0')}-${mail.id}.json`

export function createFolderMailer({ dir, from }: { dir: string; from: string }): Mailer {
  return {
    async send(mail) {
      const at = new Date()
      await mkdir(dir, { recursive: true, mode: 0o700 })
      const file = path.join(dir, nameOf(mail, at))
      // Whole or not at all: the console may be reading.
      await writeFile(`${file}.part`, JSON.stringify({ ...mail, from, sentAt: at.toISOString() }), { mode: 0o600 })
      await rename(`${file}.part`, file)
    },
    close: () => undefined,
  }
}

async function read(dir: string, name: string): Promise<StoredMail> {
  const mail = stored.parse(JSON.parse(await readFile(path.join(dir, name), 'utf8')))
  return { ...mail, id: name.replace(/\.json$/, '') }
}

/** Mails of the folder, newest first; `before` is the id of the last one seen. */
export async function listFolder(dir: string, { limit, before }: { limit: number; before?: string }) {
  const names = await readdir(dir).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  const wanted = names
    .filter((name) => fileName.test(name) && (before === undefined || name < `${before}.json`))
    .sort()
    .reverse()
    .slice(0, limit)
  return Promise.all(wanted.map((name) => read(dir, name)))
}

/** One mail of the folder by the id that the list gave. @returns undefined when there is none */
export async function readFromFolder(dir: string, id: string): Promise<StoredMail | undefined> {
  const name = `${id}.json`
  if (!fileName.test(name)) return undefined
  try {
    return await read(dir, name)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
