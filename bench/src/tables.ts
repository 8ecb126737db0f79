// Each part of the figures as a table of Markdown.
import type { EventFigures } from './events.ts'
import type { ExportFigures } from './exports.ts'
import type { FundFigures } from './funds.ts'
import type { ImportFigures } from './imports.ts'
import type { MixedRow } from './mixed/rounds.ts'
import type { Spread } from './open-loop.ts'
import { emptyRoute, keptStatistics, type RequestRow } from './requests.ts'
import type { SizeRow } from './sizes.ts'

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US')
const ms = (value: number): string => `${value.toFixed(1)} ms`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${'---|'.repeat(head.length)}`,
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  '',
]

export function requestTable(rows: RequestRow[]): string[] {
  const names = Object.keys(rows[0]?.figures ?? {})
  const n = rows.reduce((sum, { figures }) => sum + Object.values(figures).reduce((all, each) => all + each.n, 0), 0)
  return [
    ...table(
      ['work', ...names.map((name) => `${name}, req/s (p50 / p99 ms)`), 'of the ceiling', 'times Express + Prisma'],
      rows.map(({ work, figures }) => {
        const cells = names.map((name) => {
          const figure = figures[name]
          return figure ? `${whole(figure.perSecond)} (${figure.p50} / ${figure.p99})` : '–'
        })
        const ours = figures.Throughline?.perSecond ?? 0
        const against = (name: string) => (ours / (figures[name]?.perSecond ?? Number.NaN)).toFixed(2)
        return [work, ...cells, against('Fastify + pg'), against('Express + Prisma')]
      }),
    ),
    `n = ${whole(n)} requests; the middle of three rounds each, in turn. "Same rows": the baselines leave behind what we do.`,
    '',
    ...beside(rows),
  ]
}

/** Kept statistics, as many as there would be on a machine on which an empty route gives 20,000. */
function beside(rows: readonly RequestRow[]): string[] {
  const perSecond = (work: string, name: string) => rows.find((row) => row.work === work)?.figures[name]?.perSecond
  const kept = perSecond(keptStatistics, 'Throughline')
  const relative = (name: string) => whole(((kept ?? 0) / (perSecond(emptyRoute, name) ?? Number.NaN)) * 20_000)
  if (kept === undefined || perSecond(emptyRoute, 'Throughline') === undefined) return []
  return [
    `Kept statistics where an empty route gives 20,000 a second, promised 5,000: ${relative('Throughline')} by our own empty route, which counts, limits and logs like any other; ${relative('Fastify + pg')} by the hand-written one, which does nothing.`,
    '',
  ]
}

export function importTable(figures: ImportFigures): string[] {
  const growth = figures.memoryMax - figures.memoryBefore
  return table(
    ['import', 'figure'],
    [
      ['file', `${whole(figures.rows)} rows, ${figures.megabytes.toFixed(1)} MB`],
      ['rows a second, upload to result', whole(figures.perSecond)],
      [
        'bare COPY of the same deals into the same table',
        `${whole(figures.copyPerSecond)}; the import has ${(figures.perSecond / figures.copyPerSecond).toFixed(2)} of it, promised 0.33`,
      ],
      [
        `\`/health/live\` meanwhile, p50 / p99 (n = ${whole(figures.healthN)})`,
        `${ms(figures.healthP50)} / ${ms(figures.healthP99)}: ${figures.healthP99 < 100 ? 'under' : 'OVER'} 100 ms`,
      ],
      [
        'memory of the API, before / most',
        `${whole(figures.memoryBefore)} / ${whole(figures.memoryMax)} MiB, +${whole(growth)}: ${growth < 100 ? 'under' : 'OVER'} 100 MiB`,
      ],
      [
        'memory of the worker, before / most',
        `${whole(figures.workerMemoryBefore)} / ${whole(figures.workerMemoryMax)} MiB`,
      ],
    ],
  )
}

export const exportTable = (figures: ExportFigures): string[] =>
  table(
    ['export', 'figure'],
    [
      ['file', `${whole(figures.rows)} rows, ${figures.megabytes.toFixed(1)} MB`],
      ['rows a second, request to file', whole(figures.perSecond)],
      [
        'bare COPY of the table',
        `${whole(figures.copyPerSecond)}; the export has ${(figures.perSecond / figures.copyPerSecond).toFixed(2)} of it, promised 0.5`,
      ],
      ['memory of the worker, before / most', `${whole(figures.memoryBefore)} / ${whole(figures.memoryMax)} MiB`],
    ],
  )

export const eventTable = (figures: EventFigures): string[] =>
  table(
    [`event to browser (n = ${whole(figures.n)})`, 'p50', 'p99'],
    [
      ['from the request', ms(figures.fromRequestP50), ms(figures.fromRequestP99)],
      ['from its answer, after the commit', ms(figures.fromAnswerP50), ms(figures.fromAnswerP99)],
    ],
  )

export const mixedTable = (rows: readonly MixedRow[]): string[] =>
  table(
    [
      'mixed load, open loop',
      'n',
      'errors',
      'p50',
      'p95',
      'p99',
      'p95 of list / by id / create / move / statistics',
      'CPU a request, all processes (of both cores)',
    ],
    rows.map(({ name, people, perSecond, seconds, errors, all, byKind, promised, cpuMs, busy }) => [
      `${name}: ${people} people, ${perSecond} req/s, ${seconds} s`,
      whole(all.n),
      whole(errors),
      ms(all.p50),
      `${ms(all.p95)}: ${all.p95 < promised ? 'under' : 'OVER'} ${promised} ms`,
      ms(all.p99),
      ['list', 'by id', 'create', 'move', 'statistics'].map((kind) => ms(byKind[kind]?.p95 ?? 0)).join(' / '),
      `${cpuMs.toFixed(2)} ms (${(busy * 100).toFixed(0)} %)`,
    ]),
  )

export const bulkTable = (spread: Spread): string[] =>
  table(
    ['bulk change of 1,000 deals', 'n', 'p50', 'p95'],
    [
      [
        'request to answer',
        whole(spread.n),
        `${ms(spread.p50)}: ${spread.p50 < 150 ? 'under' : 'OVER'} 150 ms`,
        ms(spread.p95),
      ],
    ],
  )

export const sizeTable = (rows: readonly SizeRow[]): string[] =>
  table(
    [
      'p50 / p95 by deals of the firm',
      ...(rows[0]?.bySize ?? []).map(({ deals }) => whole(deals)),
      'largest / smallest',
    ],
    rows.map(({ question, bySize }) => [
      question,
      ...bySize.map(({ spread }) => `${ms(spread.p50)} / ${ms(spread.p95)}`),
      ((bySize.at(-1)?.spread.p50 ?? 0) / (bySize[0]?.spread.p50 ?? Number.NaN)).toFixed(2),
    ]),
  )

export function fundTable({ investors, issue, byHand, pages, ledger, notices, uploads }: FundFigures): string[] {
  const verdict = (value: number, most: number) => `${ms(value)}: ${value < most ? 'under' : 'OVER'} ${most} ms`
  const { start, quarter, half, end } = notices.memoryMiB
  return table(
    ['fund desk', 'n', 'p50', 'p95'],
    [
      [`issue a call to ${whole(investors)} investors`, whole(issue.n), ms(issue.p50), verdict(issue.p95, 1500)],
      ['the same rows by hand-written SQL', whole(byHand.n), ms(byHand.p50), ms(byHand.p95)],
      ...pages.map(({ investors: count, spread }) => [
        `page of a fund with ${whole(count)} investors`,
        whole(spread.n),
        ms(spread.p50),
        verdict(spread.p95, 60),
      ]),
      [
        `trial balance on a day, ${whole(ledger.entries)} entries`,
        whole(ledger.spread.n),
        ms(ledger.spread.p50),
        verdict(ledger.spread.p95, 300),
      ],
      [
        `/health/live while notices are made (p50, p99)`,
        whole(notices.live.n),
        ms(notices.live.p50),
        verdict(notices.live.p99, 100),
      ],
      [
        `notices made by one worker`,
        whole(notices.made),
        `${notices.perSecond.toFixed(1)} a second`,
        `memory at the start ${whole(start)}, at a quarter ${whole(quarter)}, half ${whole(half)}, end ${whole(end)} MiB`,
      ],
      ...uploads.map(({ to, figures: { files, megabytes, seconds, memoryMiB } }) => {
        const growth = memoryMiB.most - memoryMiB.before
        return [
          `${files} files of ${whole(megabytes)} MB at once to the ${to} of a fund`,
          whole(files),
          `${seconds.toFixed(1)} s`,
          `memory of the API +${whole(growth)} MiB: ${growth < 200 ? 'under' : 'OVER'} 200 MiB`,
        ]
      }),
    ],
  )
}
