import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { EventFigures } from './events.ts'
import type { ExportFigures } from './exports.ts'
import type { FundFigures } from './funds.ts'
import type { ImportFigures } from './imports.ts'
import type { MixedRow } from './mixed/rounds.ts'
import type { Spread } from './open-loop.ts'
import type { RequestRow } from './requests.ts'
import { machine } from './services.ts'
import type { SizeRow } from './sizes.ts'
import {
  bulkTable,
  eventTable,
  exportTable,
  fundTable,
  importTable,
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
  funds?: FundFigures
}

const page = path.join(import.meta.dirname, '../../docs/performance.md')

/** What was measured, a table each, by the name that `--only` takes. */
function tablesOf({ requests, mixed, sizes, bulk, imports, exports, events, funds }: Results): Map<string, string[]> {
  const tables: [string, string[] | undefined][] = [
    ['requests', requests && requestTable(requests)],
    ['mixed', mixed && mixedTable(mixed)],
    ['sizes', sizes && sizeTable(sizes)],
    ['bulk', bulk && bulkTable(bulk)],
    ['imports', imports && importTable(imports)],
    ['exports', exports && exportTable(exports)],
    ['events', events && eventTable(events)],
    ['funds', funds && fundTable(funds)],
  ]
  return new Map(tables.flatMap(([name, table]) => (table ? [[name, table]] : [])))
}

/** The figures as Markdown, by part, each with machine and date. */
export function toMarkdown(results: Results): Map<string, string> {
  const made = `${new Date().toISOString().slice(0, 10)}, ${machine()}`
  const firms = `10 firms with ${whole(results.deals)} deals each`
  return new Map(
    [...tablesOf(results)].map(([name, lines]) => {
      const where = ['sizes', 'exports', 'funds'].includes(name) ? 'firms of the sizes that are named' : firms
      return [name, [`${made}; load generator on the same machine; ${where}.`, '', ...lines].join('\n')]
    }),
  )
}

/** Puts the figures into docs/performance.md, each part between its own marks; what was not measured stays. */
export function save(parts: ReadonlyMap<string, string>): void {
  let text = readFileSync(page, 'utf8')
  for (const [name, figures] of parts) {
    const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`]
    const [before, rest] = text.split(begin)
    const after = rest?.split(end)[1]
    if (before === undefined || after === undefined) throw new Error(`${page} has lost the marks of ${name}`)
    text = `${before}${begin}\n\n${figures}\n${end}${after}`
  }
  writeFileSync(page, text)
}
