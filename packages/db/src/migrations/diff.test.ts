import { expect, it } from 'vitest'
import { diffSchemas, readSnapshot } from './diff.ts'
import { readSchema } from './files.ts'

it('finds the schema and the snapshot of the last migration equal', async () => {
  expect(await diffSchemas(readSnapshot(), readSchema())).toBe('')
})

it('writes what a new column needs, and nothing else', async () => {
  const changed = readSchema().replace('model ScheduleRun {', 'model ScheduleRun {\n  note String?')
  expect(await diffSchemas(readSchema(), changed)).toMatch(/ALTER TABLE "schedule_runs" ADD COLUMN\s+"note" TEXT;/)
})
