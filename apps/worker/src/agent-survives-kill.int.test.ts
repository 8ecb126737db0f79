import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getActivity, requestBlogPost } from '@throughline/content'
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWorkerProcess } from './testing.ts'

/** A model that begins to answer, and ends only when the test lets it. */
const waiting: ServerResponse[] = []
let mayEnd = false
const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'slow', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const post = `# Written slowly\n\n${'A sentence that takes its time to arrive. '.repeat(40)}`
const model = createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(chunk({ role: 'assistant', content: post }))
  waiting.push(response)
  if (mayEnd) response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
})

let world: TestWorld
let worker: ChildProcess | undefined

beforeAll(async () => {
  world = await createTestWorld()
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  model.closeAllConnections()
  model.close()
  await world?.close()
})

const start = () =>
  startWorkerProcess(world, 'llm,util', {
    AI_PROVIDER: 'openai-compatible',
    AI_MODEL: 'slow',
    AI_BASE_URL: `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`,
  })

it('an agent whose worker is killed in the middle of a draft, twice, leaves one version', async () => {
  const tenant = await world.tenant('Killed')
  const other = await world.tenant('Other')
  const ctx = tenant.ctx('manager')
  const { activity } = await requestBlogPost(ctx, { topic: 'Slow', audience: 'us', keywords: [] })

  for (const run of [1, 2]) {
    const child = start()
    worker = child
    await expectEventually(() => expect(waiting).toHaveLength(run), 30_000)
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    const now = await getActivity(ctx, activity.id)
    expect(now).toMatchObject({ state: 'GENERATING', versions: [] })
  }

  mayEnd = true
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
