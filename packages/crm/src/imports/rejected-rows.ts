// The rows that were not taken, as a CSV that a spreadsheet opens: the original columns, their line, and why.
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Delimiter } from '@throughline/cells'
import { byteOrderMark, csvLine, type Storage, type StoredObject, storageKey } from '@throughline/storage'

/** Rejected rows are rows of the upload, which has a limit of its own; reasons make them longer. */
const maxBytes = 2 ** 31
const ownColumns = ['_line', '_reason']

export interface RejectedRows {
  add(row: { line: number; cells: readonly string[]; reasons: readonly string[] }): Promise<void>
  /** What was stored; nothing when no row was rejected. */
  finish(): Promise<(StoredObject & { storageKey: string }) | undefined>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** Opens the file at the first rejected row. */
export function createRejectedRows(
  storage: Storage,
  {
    tenantId,
    now,
    headers,
    delimiter,
  }: { tenantId: string; now: Date; headers: readonly string[]; delimiter: Delimiter },
): RejectedRows {
  const key = storageKey(tenantId, now)
  let body: PassThrough | undefined
  let upload: Promise<StoredObject> | undefined
  // A file of rejected rows that comes back brings the columns of the last time.
  const isOurs = ownColumns.every((name, index) => name === headers.at(index - ownColumns.length))
  const original = (cells: readonly string[]): readonly string[] =>
    isOurs && cells.length === headers.length ? cells.slice(0, -ownColumns.length) : cells
  const width = original(headers).length

  const open = (): PassThrough => {
    const stream = new PassThrough()
    const stored = storage.put(key, stream, { contentType: 'text/csv; charset=utf-8', maxBytes })
    // An upload that fails ends the stream, so that whoever waits to write hears of it; `finish` reports it.
    stored.catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
    stream.on('error', () => undefined)
    stream.write(byteOrderMark + csvLine([...original(headers), ...ownColumns], delimiter))
    upload = stored
    return stream
  }

  return {
    async add({ line, cells, reasons }) {
      body ??= open()
      const kept = original(cells)
      const padded = [...kept, ...Array<string>(Math.max(0, width - kept.length)).fill('')]
      const written = body.write(csvLine([...padded, String(line), reasons.join(' ')], delimiter))
      if (!written) await once(body, 'drain')
    },
    async finish() {
      body?.end()
      const stored = await upload
      return stored && { ...stored, storageKey: key }
    },
    async discard() {
      if (!upload) return
      body?.destroy(new Error('the import was not finished'))
      // Whether it had been stored or is broken off now, nothing of it may stay.
      await upload.catch(() => undefined)
      await storage.delete(key)
    },
  }
}
