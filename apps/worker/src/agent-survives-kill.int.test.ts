import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { getActivity, requestBlogPost } from '@throughline/content'
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSlowModel, startWorkerProcess } from './testing.ts'

const post = `# Written slowly\n\n${'A sentence that takes its time to arrive. '.repeat(40)}`

let world: TestWorld
let worker: ChildProcess | undefined
let model: Awaited<ReturnType<typeof startSlowModel>>

beforeAll(async () => {
  world = await createTestWorld()
  model = await startSlowModel(post)
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  model?.close()
  await world?.close()
})

const start = () => startWorkerProcess(world, 'llm,util', model.env)

it('an agent whose worker is killed in the middle of a draft, twice, leaves one version', async () => {
  const tenant = await world.tenant('Killed')
  const other = await world.tenant('Other')
  const ctx = tenant.ctx('manager')
  const { activity } = await requestBlogPost(ctx, { topic: 'Slow', audience: 'us', keywords: [] })

  for (const run of [1, 2]) {
    const child = start()
    worker = child
    await expectEventually(() => expect(model.begun()).toBe(run), 30_000)
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    const now = await getActivity(ctx, activity.id)
    expect(now).toMatchObject({ state: 'GENERATING', versions: [] })
  }

  model.letEnd()
  worker = start()
  await expectEventually(async () => expect((await getActivity(ctx, activity.id)).state).toBe('PENDING_REVIEW'), 40_000)
  const { versions } = await getActivity(ctx, activity.id)
  expect(versions.map(({ number, provider }) => [number, provider])).toEqual([[1, 'openai-compatible']])
  const facts = await ctx.db.queryOne(sql`select
    (select attempt from jobs where name = 'agent__blog-writer') as attempt,
    (select failures from jobs where name = 'agent__blog-writer') as failures,
    (select count(*)::int from events where type = 'agent:completed') as completed`)
  expect(facts).toEqual({ attempt: 3, failures: 0, completed: 1 })
  expect(await other.systemCtx().db.query(sql`select 1 as one from events`)).toEqual([])
}, 120_000)
