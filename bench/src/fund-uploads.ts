// Four files as large as are taken, sent to a fund at once: what they cost the API in memory.
import { setTimeout } from 'node:timers/promises'
import type { Server } from './processes.ts'

export interface UploadFigures {
  files: number
  megabytes: number
  /** From the first byte to the last answer. */
  seconds: number
  memoryMiB: { before: number; most: number }
}

const files = 4
const bytesOfFile = 50_000_000
const line = 'VALUE;2026-11-21;1234.56;EUR;a line of a bank statement, as long as such lines are\n'

/** Each another one: the same file again would be the document that is there. */
const fileOf = (name: string): Blob => {
  const head = `${name}\n`
  const rest = bytesOfFile - head.length
  return new Blob([head, line.repeat(Math.floor(rest / line.length)), ' '.repeat(rest % line.length)], {
    type: 'text/plain',
  })
}

async function send(api: Server, token: string, path: string, name: string): Promise<void> {
  const form = new FormData()
  form.append('file', fileOf(name), `${name}.txt`)
  const response = await fetch(`${api.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  if (response.status >= 300) throw new Error(`${name} was refused: ${response.status} ${await response.text()}`)
  await response.text()
}

/** @param path where files are uploaded to */
export async function measureUploads(api: Server, token: string, path: string): Promise<UploadFigures> {
  const before = api.memory()
  let most = before
  let done = false
  const at = performance.now()
  const sent = Promise.all(Array.from({ length: files }, (_, n) => send(api, token, path, `upload-${n}`))).finally(
    () => {
      done = true
    },
  )
  while (!done) {
    most = Math.max(most, api.memory())
    await setTimeout(10)
  }
  await sent
  return {
    files,
    megabytes: bytesOfFile / 1e6,
    seconds: (performance.now() - at) / 1000,
    memoryMiB: { before, most },
  }
}
