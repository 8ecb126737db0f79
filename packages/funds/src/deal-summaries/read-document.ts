// From a stored file to text. Files are of strangers: what is read of each is bounded in bytes, pages, characters, memory and time.
import { buffer } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import type { SummarySource } from '@throughline/contracts'
import type { Storage } from '@throughline/storage'
import type { DealPaper } from './deal-summaries.repo.ts'
import { cleanText, type PageText } from './passages.rules.ts'
import type { ReadLimits, ReadText } from './read-pdf.ts'

const maxBytes = 20 * 1024 * 1024
const maxPages = 200
/** Of all documents together: about what forty pages of a contract have, and what a model reads at once. */
const maxCharacters = 120_000
const threadMs = 30_000
const threadMegabytes = 512
/** What a page unpacks to is outside of that: a few kilobytes can be gigabytes. */
const maxGrowthBytes = 600 * 1024 * 1024
const lookEveryMs = 50

/** One document has no less than this of the characters, however many there are. */
const charactersEach = (documents: number): number => Math.max(4_000, Math.floor(maxCharacters / documents))
/** More are not read; the newest come first. */
export const maxDocuments = 30

/** @returns the text, or what was wrong; a thread that does not end in time is ended */
function readInThread(bytes: Uint8Array<ArrayBuffer>, limits: ReadLimits, signal: AbortSignal): Promise<ReadText> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./read-pdf.thread.ts', import.meta.url), {
      workerData: { bytes, ...limits },
      transferList: [bytes.buffer],
      resourceLimits: { maxOldGenerationSizeMb: threadMegabytes },
      stdout: true,
      stderr: true,
    })
    const stop = () => end(() => reject(signal.reason))
    const timer = setTimeout(() => end(() => resolve({ problem: 'too_slow' })), threadMs)
    const before = process.memoryUsage.rss()
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > maxGrowthBytes) end(() => resolve({ problem: 'too_large' }))
    }, lookEveryMs)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      clearInterval(watch)
      signal.removeEventListener('abort', stop)
      thread.removeAllListeners()
      // Out of memory is told a second time, when the thread is ended.
      thread.on('error', () => undefined)
      void thread.terminate().then(settle)
    }
    signal.addEventListener('abort', stop, { once: true })
    thread.once('message', (read: ReadText) => end(() => resolve(read)))
    thread.once('error', () => end(() => resolve({ problem: 'broken' })))
  })
}

/** UTF-16 says so at its beginning; what is not UTF-8 is of an old program, and Western. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function readText(bytes: Uint8Array, limit: number): ReadText {
  const text = decode(bytes)
  return { pages: [{ page: 1, text: text.slice(0, limit) }], pageCount: 1, isCut: text.length > limit }
}

export interface ReadPaper {
  id: string
  name: string
  pages: PageText[]
  source: SummarySource
}

/** Reads one document of a deal. @throws only when the storage does, or `signal` ends it */
export async function readPaper(
  storage: Storage,
  paper: DealPaper,
  { documents, signal }: { documents: number; signal: AbortSignal },
): Promise<ReadPaper> {
  const { id, name, storageKey, contentType, sizeBytes } = paper
  const source = { documentId: id, name, pages: 0, pagesRead: 0, isCut: false }
  const nothing = (problem: SummarySource['problem']): ReadPaper => ({
    id,
    name,
    pages: [],
    source: { ...source, problem },
  })
  if (!paper.isReadable) return nothing('kind')
  if (sizeBytes > maxBytes) return nothing('too_large')
  const bytes = new Uint8Array(await buffer(await storage.get(storageKey)))
  const limit = charactersEach(documents)
  const read =
    contentType === 'application/pdf'
      ? await readInThread(bytes, { maxPages, maxCharacters: limit }, signal)
      : readText(bytes, limit)
  if ('problem' in read) return nothing(read.problem)
  const { pages, pageCount, isCut } = read
  if (pages.every(({ text }) => !/[\p{L}\p{N}]/u.test(cleanText(text)))) return nothing('no_text')
  return { id, name, pages, source: { ...source, pages: pageCount, pagesRead: pages.length, isCut, problem: null } }
}
