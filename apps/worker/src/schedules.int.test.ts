// What a worker promises to do from time to time: who takes a schedule away, or renames it, has to say so here.
import { createStorage } from '@throughline/storage'
import { createTestWorld, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accountSchedules, deskSchedules } from './schedules.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(() => world?.close())

const second = 1000
const hour = 3600 * second
const day = 24 * hour
const toolsOf = ({ database, config, log }: TestWorld) => ({ database, storage: createStorage(config.storage), log })
const intervals = (schedules: readonly { name: string; everyMs: number }[]) =>
  Object.fromEntries(schedules.map(({ name, everyMs }) => [name, everyMs]))

it('keeps up the desks: the trash, imports and exports, totals, scores, leads, nights of funds and webhooks', () => {
  expect(intervals(deskSchedules(toolsOf(world)))).toEqual({
    'purge-trash': day,
    'purge-closed-files': day,
    'purge-import-changes': day,
    'expire-exports': hour / 6,
    'fold-deal-totals': 2 * second,
    'cool-engagement': day,
    'purge-leads': day,
    'begin-fund-nights': 300 * second,
    'remind-of-calls': 300 * second,
    'purge-webhooks': day,
  })
})

it('keeps up the accounts: the audit log and links', () => {
  expect(intervals(accountSchedules(toolsOf(world)))).toEqual({
    'seal-audit': hour,
    'keep-audit-partitions': day,
    'purge-links': day,
  })
})

it('has nothing to do in a firm that has nothing, and says no error', async () => {
  await world.tenant('Empty')
  for (const { run } of [...deskSchedules(toolsOf(world)), ...accountSchedules(toolsOf(world))])
    await expect(run()).resolves.toBeUndefined()
})
