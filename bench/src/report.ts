import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { EventFigures } from './events.ts'
import type { ExportFigures } from './exports.ts'
import type { ImportFigures } from './imports.ts'
import type { RequestRow } from './requests.ts'
import { machine } from './services.ts'

export interface Results {
  deals: number
  requests?: RequestRow[]
  imports?: ImportFigures
  exports?: ExportFigures
  events?: EventFigures
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US')
const ms = (value: number): string => `${value.toFixed(1)} ms`
const page = path.join(import.meta.dirname, '../../docs/performance.md')
const [begin, end] = ['<!-- figures: begin -->', '<!-- figures: end -->']

function requestTable(rows: RequestRow[]): string[] {
  const names = Object.keys(rows[0]?.figures ?? {})
  const head = `| work | ${names.map((name) => `${name}, req/s (p50 / p99 ms)`).join(' | ')} | of the ceiling | times Express + Prisma |`
  const lines = rows.map(({ work, figures }) => {
    const cells = names.map((name) => {
      const figure = figures[name]
      return figure ? `${whole(figure.perSecond)} (${figure.p50} / ${figure.p99})` : '–'
    })
    const ours = figures.Throughline?.perSecond ?? 0
    const against = (name: string) => (ours / (figures[name]?.perSecond ?? Number.NaN)).toFixed(2)
    return `| ${work} | ${cells.join(' | ')} | ${against('Fastify + pg')} | ${against('Express + Prisma')} |`
  })
  return [head, `|${'---|'.repeat(names.length + 3)}`, ...lines]
}

/** The figures as Markdown, with n, machine and date. */
export function toMarkdown({ deals, requests, imports, exports, events }: Results): string {
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, ${machine()}; load generator on the same machine; 10 firms with ${whole(deals)} deals each.`,
    '',
  ]
  if (requests) {
    const n = requests.reduce(
      (sum, { figures }) => sum + Object.values(figures).reduce((inner, figure) => inner + figure.n, 0),
      0,
    )
    lines.push(...requestTable(requests), '', `n = ${whole(n)} requests; the middle of three rounds each, in turn.`, '')
  }
  if (imports) {
    const growth = imports.memoryMax - imports.memoryBefore
    lines.push(
      '| import | figure |',
      '|---|---|',
      `| file | ${whole(imports.rows)} rows, ${imports.megabytes.toFixed(1)} MB |`,
      `| rows a second, upload to result | ${whole(imports.perSecond)} |`,
      `| bare COPY of the same deals into the same table | ${whole(imports.copyPerSecond)}; the import has ${(imports.perSecond / imports.copyPerSecond).toFixed(2)} of it |`,
      `| \`/health/live\` meanwhile, p50 / p99 (n = ${whole(imports.healthN)}) | ${ms(imports.healthP50)} / ${ms(imports.healthP99)}: ${imports.healthP99 < 100 ? 'under' : 'OVER'} 100 ms |`,
      `| memory of the API, before / most | ${whole(imports.memoryBefore)} / ${whole(imports.memoryMax)} MiB, +${whole(growth)}: ${growth < 100 ? 'under' : 'OVER'} 100 MiB |`,
      `| memory of the worker, before / most | ${whole(imports.workerMemoryBefore)} / ${whole(imports.workerMemoryMax)} MiB |`,
      '',
    )
  }
  if (exports)
    lines.push(
      '| export | figure |',
      '|---|---|',
      `| file | ${whole(exports.rows)} rows, ${exports.megabytes.toFixed(1)} MB |`,
      `| rows a second, request to file | ${whole(exports.perSecond)} |`,
      `| bare COPY of the table | ${whole(exports.copyPerSecond)}; the export has ${(exports.perSecond / exports.copyPerSecond).toFixed(2)} of it |`,
      `| memory of the worker, before / most | ${whole(exports.memoryBefore)} / ${whole(exports.memoryMax)} MiB |`,
      '',
    )
  if (events)
    lines.push(
      `| event to browser (n = ${whole(events.n)}) | p50 | p99 |`,
      '|---|---|---|',
      `| from the request | ${ms(events.fromRequestP50)} | ${ms(events.fromRequestP99)} |`,
      `| from its answer, after the commit | ${ms(events.fromAnswerP50)} | ${ms(events.fromAnswerP99)} |`,
      '',
    )
  return lines.join('\n')
}

/** Puts the figures into docs/performance.md, between its marks. */
export function save(markdown: string): void {
  const text = readFileSync(page, 'utf8')
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`${page} has lost its marks`)
  writeFileSync(page, `${before}${begin}\n\n${markdown}\n${end}${after}`)
}
