import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { machine } from '../services.ts'
import type { Outcome } from './check.ts'

export interface Figure extends Outcome {
  name: string
  promise: string
  seconds: number
}

const page = path.join(import.meta.dirname, '../../../docs/reliability-figures.json')
const whole = (value: number): string => value.toLocaleString('en-US')

/** The figures of all checks, and under each what is to be known of it. */
export function toTable(figures: Figure[]): string {
  const rows = [
    ['check', 'tried', 'failed', 'seconds'],
    ...figures.map(({ name, tried, failed, seconds }) => [name, whole(tried), whole(failed), seconds.toFixed(0)]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
  const notes = figures.flatMap(({ name, promise, notes: told }) => [
    '',
    `${name}: ${promise}`,
    ...told.map((note) => `  - ${note}`),
  ])
  return [...lines, ...notes, '', `${new Date().toISOString().slice(0, 10)}, ${machine()}`].join('\n')
}

const saved = z.object({ checks: z.array(z.looseObject({ name: z.string() })) })

/** Writes docs/reliability-figures.json: each check with its own day and machine; what was not run keeps what it had. */
export function save(figures: Figure[], quick: boolean): void {
  const ran = { date: new Date().toISOString().slice(0, 10), machine: machine(), quick }
  const now = figures.map((figure) => ({ ...figure, ...ran, seconds: Math.round(figure.seconds) }))
  const before = saved.parse(JSON.parse(readFileSync(page, 'utf8'))).checks
  const kept = before.filter(({ name }) => !now.some((check) => check.name === name))
  writeFileSync(page, `${JSON.stringify({ checks: [...kept, ...now] }, null, 2)}\n`)
}
