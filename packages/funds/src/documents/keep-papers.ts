// A document in storage: the PDF, and the same figures as JSON and CSV beside it. Keys carry subject and revision.
import { insertFile } from '@throughline/accounts'
import type { Ctx } from '@throughline/db'
import { csvLine, type Storage, type StoredObject, storageKey } from '@throughline/storage'
import type { KeptFiles } from './documents.repo.ts'
import type { Paper } from './paper.rules.ts'
import { renderPaper } from './paper-pdf.ts'

const maxBytes = 20 * 1024 * 1024

export interface PaperToKeep {
  fundId: string
  subject: string
  revision: number
  /** The document or the investor that it is for. */
  of: string
  /** Whose attempts may clear what they have left; two jobs about the same document never touch each other's. */
  jobId: string
  /** Without an ending. */
  name: string
  paper: Paper
  totals: Readonly<Record<string, string>>
  /** More for JSON and CSV than the totals. */
  figures?: unknown
  records?: readonly (readonly string[])[]
}

type Stored = { key: string; name: string; contentType: string } & StoredObject
export interface StoredPaper {
  pdf: Stored
  json: Stored
  csv: Stored
}

/** What stands in the JSON; two of the same figures are the same bytes. */
export const jsonOf = ({ totals, figures }: Pick<PaperToKeep, 'totals' | 'figures'>): string =>
  `${JSON.stringify({ totals, ...(figures === undefined ? {} : { figures }) }, null, 2)}\n`

const csvOf = ({ totals, records = [] }: PaperToKeep): string =>
  [['name', 'amount'], ...Object.entries(totals), ...records].map((cells) => csvLine(cells)).join('')

async function* whole(bytes: Uint8Array | string) {
  yield bytes
}

/** Renders and stores, outside of any transaction. What an attempt that was broken off has left of it is cleared first. */
export async function storePaper(ctx: Ctx, storage: Storage, toKeep: PaperToKeep): Promise<StoredPaper> {
  const { fundId, subject, revision, of, jobId, name, paper } = toKeep
  const place = `${ctx.tenantId}/fund-documents/${fundId}/${subject}/r${revision}/${of}/${jobId}`
  for (const key of await storage.list(place)) await storage.delete(key)
  const put = async (ending: string, contentType: string, bytes: Uint8Array | string): Promise<Stored> => {
    const key = `${storageKey(place, ctx.now())}.${ending}`
    const stored = await storage.put(key, whole(bytes), { contentType, maxBytes })
    return { key, name: `${name}.${ending}`, contentType, ...stored }
  }
  return {
    pdf: await put('pdf', 'application/pdf', await renderPaper(paper)),
    json: await put('json', 'application/json; charset=utf-8', jsonOf(toKeep)),
    csv: await put('csv', 'text/csv; charset=utf-8', csvOf(toKeep)),
  }
}

/** Writes down what was stored, in the open transaction. */
export async function keepFiles({ db, actor }: Ctx, { pdf, json, csv }: StoredPaper): Promise<KeptFiles> {
  const keep = ({ key, name, contentType, sizeBytes, sha256 }: Stored) =>
    insertFile(db, { storageKey: key, name, contentType, sizeBytes, sha256, createdById: actor.id })
  return {
    fileId: await keep(pdf),
    jsonFileId: await keep(json),
    csvFileId: await keep(csv),
    sizeBytes: pdf.sizeBytes,
    sha256: pdf.sha256,
  }
}

/** Of a document that is not wanted any more: another attempt has made it. */
export async function dropPaper(storage: Storage, { pdf, json, csv }: StoredPaper): Promise<void> {
  for (const { key } of [pdf, json, csv]) await storage.delete(key)
}
