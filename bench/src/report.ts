import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { EventFigures } from './events.ts'
import type { ExportFigures } from './exports.ts'
import type { ImportFigures } from './imports.ts'
import type { Spread } from './open-loop.ts'
import type { RequestRow } from './requests.ts'
import { machine } from './services.ts'
import type { SizeRow } from './sizes.ts'
import {
  bulkTable,
  eventTable,
  exportTable,
  importTable,
  type MixedRow,
  mixedTable,
  requestTable,
  sizeTable,
  whole,
} from './tables.ts'

export interface Results {
  deals: number
  requests?: RequestRow[]
  events?: EventFigures
  bulk?: Spread
  mixed?: MixedRow[]
  imports?: ImportFigures
  exports?: ExportFigures
  sizes?: SizeRow[]
}

const page = path.join(import.meta.dirname, '../../docs/performance.md')
const [begin, end] = ['<!-- figures: begin -->', '<!-- figures: end -->']

/** The figures as Markdown, with n, machine and date. */
export function toMarkdown({ deals, requests, events, bulk, mixed, imports, exports, sizes }: Results): string {
  return [
    `${new Date().toISOString().slice(0, 10)}, ${machine()}; load generator on the same machine; 10 firms with ${whole(deals)} deals each where nothing else is said.`,
    '',
    ...(requests ? requestTable(requests) : []),
    ...(mixed ? mixedTable(mixed) : []),
    ...(sizes ? sizeTable(sizes) : []),
    ...(bulk ? bulkTable(bulk) : []),
    ...(imports ? importTable(imports) : []),
    ...(exports ? exportTable(exports) : []),
    ...(events ? eventTable(events) : []),
  ].join('\n')
}

/** Puts the figures into docs/performance.md, between its marks. */
export function save(markdown: string): void {
  const text = readFileSync(page, 'utf8')
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`${page} has lost its marks`)
  writeFileSync(page, `${before}${begin}\n\n${markdown}\n${end}${after}`)
}
