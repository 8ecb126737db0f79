import { defaultPipeline, pipelineView, type UpdatePipeline } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getPipeline, readPipeline, updatePipeline } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

const wanted: UpdatePipeline = {
  open: [
    { stage: 'QUALIFIED', name: 'Talking', probability: 0 },
    { stage: 'LEAD', name: 'New', probability: 100 },
    { stage: 'NEGOTIATION', name: 'Haggling', probability: 65 },
  ],
  won: 'Ours',
  lost: 'Theirs',
}

it('is the default one until somebody says otherwise', async () => {
  expect(await getPipeline(globex.ctx('viewer'))).toEqual({ stages: defaultPipeline, changedAt: null })
})

it('is renamed, ordered and weighed at once, with audit and event, for this firm alone', async () => {
  const ctx = acme.ctx('admin')
  const changed = pipelineView.parse(await updatePipeline(ctx, { ...wanted, changedAt: null }))
  expect(changed.stages.map(({ name, probability }) => [name, probability])).toEqual([
    ['Talking', 0],
    ['New', 100],
    ['Haggling', 65],
    ['Ours', 100],
    ['Theirs', 0],
  ])
  expect(await getPipeline(acme.ctx('viewer'))).toEqual(changed)
  expect(await readPipeline(globex.ctx('viewer').db)).toEqual(defaultPipeline)
  const [told] = await ctx.db.query(sql`select
    (select count(*)::int from audit_entries where action = 'pipeline.updated') as audit,
    (select count(*)::int from events where type = 'pipeline.changed') as events`)
  expect(told).toEqual({ audit: 1, events: 1 })
})

it('tells nobody when nothing has changed', async () => {
  const ctx = acme.ctx('admin')
  const before = await getPipeline(ctx)
  expect(await updatePipeline(ctx, wanted)).toEqual(before)
  expect(await ctx.db.query(sql`select count(*)::int as n from events where type = 'pipeline.changed'`)).toEqual([
    { n: 1 },
  ])
})

it('lets one of two editors through when both start from the same pipeline', async () => {
  const ctx = acme.ctx('owner')
  const { changedAt } = await getPipeline(ctx)
  const edits = await Promise.allSettled(
    ['First', 'Second'].map((won) => updatePipeline(ctx, { ...wanted, won, changedAt })),
  )
  expect(edits.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(edits.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'stale_version' } })
})

it('refuses two stages of one name and keeps what was there', async () => {
  const ctx = acme.ctx('owner')
  const before = await getPipeline(ctx)
  await expect(updatePipeline(ctx, { ...wanted, won: 'talking' })).rejects.toMatchObject({
    code: 'validation_failed',
    details: { issues: [{ path: 'body.won' }] },
  })
  expect(await getPipeline(ctx)).toEqual(before)
})

it('is read in one statement', async () => {
  const { db } = acme.ctx('viewer')
  await readPipeline(db)
  const recorder = recordStatements()
  await readPipeline(db)
  expect(recorder.take()).toHaveLength(1)
  recorder.stop()
})
