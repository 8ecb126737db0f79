import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { sql } from '@throughline/db'
import { getDealSummary, requestDealSummary } from '@throughline/funds'
import { addDocument, makeFundedDeal, pdfOf } from '@throughline/funds/summary-testing'
import { createTestWorld, expectEventually, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSlowModel, startWorkerProcess } from './testing.ts'

let world: TestWorld
let worker: ChildProcess | undefined
let model: Awaited<ReturnType<typeof startSlowModel>>
beforeAll(async () => {
  world = await createTestWorld()
  model = await startSlowModel('Revenue was EUR 12.5 million [1].\nThe price is EUR 3 million [1].')
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  model?.close()
  await world?.close()
})

const start = () => startWorkerProcess(world, 'llm,util', model.env)
const slow = { provider: 'openai-compatible', model: 'slow' }

it('a summary whose worker is killed in the middle of it is made once', async () => {
  const tenant = await world.tenant('Killed')
  const ctx = tenant.ctx('manager')
  const deal = await makeFundedDeal(ctx)
  await addDocument(world, ctx, deal, { name: 'memo.pdf', bytes: pdfOf(['Revenue was EUR 12.5 million in 2025.']) })
  await requestDealSummary(ctx, deal.dealId, slow)

  const child = start()
  worker = child
  await expectEventually(() => expect(model.begun()).toBe(1), 30_000)
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  const killed = await getDealSummary(ctx, deal.dealId, slow)
  expect(killed).toMatchObject({ summary: null, attempt: { state: 'PENDING' } })

  model.letEnd()
  worker = start()
  const { summary } = await expectEventually(async () => {
    const now = await getDealSummary(ctx, deal.dealId, slow)
    expect(now.summary).not.toBeNull()
    return now
  }, 40_000)
  expect(summary).toMatchObject({ ...slow, number: 1, olderThan: null })
  expect(summary?.sentences.map(({ doubt, missing }) => [doubt, missing])).toEqual([
    [null, []],
    ['figures', ['EUR 3 million']],
  ])
  const facts = await ctx.db.queryOne(sql`select
    (select count(*)::int from deal_summaries) as summaries,
    (select attempt from jobs where name = 'agent__deal-summary') as attempt,
    (select failures from jobs where name = 'agent__deal-summary') as failures,
    (select count(*)::int from events where type = 'deal_summary.changed') as told`)
  expect(facts).toEqual({ summaries: 1, attempt: 2, failures: 0, told: 2 })
}, 120_000)
