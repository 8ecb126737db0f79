import { createTextModel } from '@throughline/ai'
import type { ReviewView } from '@throughline/contracts'
import { sql, tenantCtx } from '@throughline/db'
import {
  closeQueues,
  createQueues,
  createRedis,
  type Queues,
  type Relay,
  startRelay,
  startWorkerHost,
  type WorkerHost,
} from '@throughline/jobs'
import {
  createTestWorld,
  expectEventually,
  type TestStaff,
  type TestTenant,
  type TestWorld,
} from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  approveDraft,
  blogWriterJob,
  cancelActivity,
  claimNext,
  createKnowledgeDocument,
  findReviewTenant,
  getActivity,
  getReview,
  giveUpBlogPost,
  heartbeat,
  listActivities,
  listHistory,
  listQueue,
  queueStatistics,
  rejectDraft,
  releaseClaim,
  requestBlogPost,
  requestRevision,
  retryActivity,
  writeBlogPost,
} from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let rosa: TestStaff
let rafael: TestStaff
let queues: Queues
let relay: Relay
let host: WorkerHost

const catalog = { blogWriter: blogWriterJob }

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  rosa = await world.staff('reviewer', 'rosa')
  rafael = await world.staff('reviewer', 'rafael')
  const { config, database, redis, log } = world
  queues = createQueues(createRedis(config.redis, 'producer', log), catalog, config.redis.prefix, log)
  relay = startRelay({ config, database, redis, queues, log })
  const tools = { model: createTextModel(config.ai), redis, prefix: config.redis.prefix }
  const handlers = {
    blogWriter: {
      run: (job: Parameters<typeof writeBlogPost>[0]) => writeBlogPost(job, tools),
      onDead: giveUpBlogPost,
    },
  }
  host = startWorkerHost({ config, database, redis, log, catalog, handlers, profiles: ['llm'] })
})
afterAll(async () => {
  await host?.close(2_000)
  await relay?.close()
  if (queues) await closeQueues(queues)
  await world?.close()
})

const brief = { topic: 'Why reserves matter', audience: 'family offices', keywords: ['reserves', 'pacing'] }
const ask = async (tenant: TestTenant, topic = brief.topic) =>
  (await requestBlogPost(tenant.ctx('manager'), { ...brief, topic })).activity.id
const reaches = (tenant: TestTenant, id: string, state: string) =>
  expectEventually(async () => {
    const activity = await getActivity(tenant.ctx('manager'), id)
    expect(activity.state).toBe(state)
    return activity
  })
const drafted = async (tenant: TestTenant, topic?: string) => {
  const id = await ask(tenant, topic)
  await reaches(tenant, id, 'PENDING_REVIEW')
  return id
}
/** The reviewer's context in the firm that the draft is of, as a route makes it. */
const ctxOf = async (staff: TestStaff, activityId: string) => {
  const platform = staff.ctx()
  return tenantCtx(world.database, {
    tenantId: await findReviewTenant(platform, activityId),
    actor: platform.actor,
    log: world.log,
  })
}
const held = ({ claim, currentVersion }: ReviewView) => {
  if (!claim) throw new Error('not held')
  return { claimToken: claim.token, versionNumber: currentVersion }
}
const claim = async (staff: TestStaff): Promise<ReviewView> => {
  const review = await claimNext(staff.ctx())
  if (!review) throw new Error('nothing to claim')
  return review
}
const emptyQueue = async () => {
  for (let review = await claimNext(rosa.ctx()); review; review = await claimNext(rosa.ctx()))
    await approveDraft(await ctxOf(rosa, review.id), review.id, held(review))
}

describe('a blog post', () => {
  it('is written from the brief, the brand voice and the firm’s own documents, and no other firm’s', async () => {
    await createKnowledgeDocument(acme.ctx('manager'), {
      title: 'Principles',
      body: 'Reserves are set at a third of every first commitment and released in writing only.',
    })
    await createKnowledgeDocument(globex.ctx('manager'), {
      title: 'Theirs',
      body: 'Reserves of Globex are nobody else’s business and must never be quoted anywhere.',
    })
    const activity = await reaches(acme, await ask(acme), 'PENDING_REVIEW')
    const [draft] = activity.versions
    expect(draft).toMatchObject({ number: 1, provider: 'offline', model: null })
    expect(draft?.body).toContain('No model was used for this draft')
    expect(draft?.body).toContain('a third of every first commitment')
    expect(draft?.sources.map(({ title }) => title)).toEqual(['Principles'])
    expect(draft?.body).not.toContain('Globex')
    await expect(getActivity(globex.ctx('manager'), activity.id)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listActivities(globex.ctx('manager'), { limit: 50 })).data).toEqual([])
  })

  it('tells its steps as events of the firm', async () => {
    const id = await drafted(globex)
    const rows = await globex
      .systemCtx()
      .db.query<{ type: string; state: string | null }>(
        sql`select type, data->>'state' as state from events where data->>'activityId' = ${id} order by seq`,
      )
    expect(rows.map(({ type, state }) => state ?? type)).toEqual([
      'QUEUED',
      'GENERATING',
      'agent:started',
      'PENDING_REVIEW',
      'agent:completed',
    ])
    await emptyQueue()
  })

  it('can be called off before a reviewer has it, and not after its end', async () => {
    const id = await drafted(acme)
    expect((await cancelActivity(acme.ctx('manager'), id)).state).toBe('CANCELLED')
    await expect(cancelActivity(acme.ctx('manager'), id)).rejects.toMatchObject({ code: 'illegal_transition' })
    await expect(retryActivity(acme.ctx('manager'), id)).rejects.toMatchObject({ code: 'illegal_transition' })
    await expect(cancelActivity(globex.ctx('manager'), id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a post that is called off while it is being written', () => {
  it('ends its job, and nothing is written', async () => {
    const ctx = acme.ctx('manager')
    const { activity, jobId } = await ctx.db.transaction(async () => {
      const asked = await requestBlogPost(ctx, brief)
      await cancelActivity(ctx, asked.activity.id)
      return asked
    })
    const job = await ctx.db.queryOne<{ state: string }>(
      sql`select state::text as state from jobs where id = ${jobId}::uuid`,
    )
    expect(job?.state).toBe('CANCELLED')
    await ctx.db.transaction(() =>
      giveUpBlogPost(ctx, { activityId: activity.id, version: 1, notes: null }, jobId, new Error('late')),
    )
    expect(await getActivity(ctx, activity.id)).toMatchObject({ state: 'CANCELLED', versions: [] })
  })
})

it('refuses a cursor that somebody made up, in every list', async () => {
  const cursor = Buffer.from(JSON.stringify(['nonsense', crypto.randomUUID()])).toString('base64url')
  const lists = [
    () => listActivities(acme.ctx('manager'), { limit: 5, cursor }),
    () => listQueue(rosa.ctx(), { limit: 5, cursor }),
    () => listHistory(rosa.ctx(), { limit: 5, cursor }),
  ]
  for (const list of lists) await expect(list()).rejects.toMatchObject({ code: 'validation_failed' })
})

describe('the review queue', () => {
  it('hands out different drafts to twenty reviewers who ask at once', async () => {
    await emptyQueue()
    const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => drafted(n % 2 ? acme : globex, `Crowd ${n}`)))
    const reviewers = await Promise.all(Array.from({ length: 20 }, (_, n) => world.staff('reviewer', `crowd${n}`)))
    const claims = await Promise.all(reviewers.map((reviewer) => claimNext(reviewer.ctx())))
    expect(new Set(claims.map((review) => review?.id))).toEqual(new Set(ids))
    expect(await claimNext(rosa.ctx())).toBeNull()
    for (const [n, review] of claims.entries()) {
      const reviewer = reviewers[n]
      if (reviewer && review) await approveDraft(await ctxOf(reviewer, review.id), review.id, held(review))
    }
  })

  it('gives a reviewer the draft that they hold already, oldest first across firms', async () => {
    const older = await drafted(globex, 'Older')
    const newer = await drafted(acme, 'Newer')
    expect((await listQueue(rosa.ctx(), { limit: 10 })).data.map(({ id }) => id)).toEqual([older, newer])
    const first = await claim(rosa)
    expect(first.id).toBe(older)
    expect((await claim(rosa)).claim).toEqual(expect.objectContaining({ token: first.claim?.token }))
    expect((await claim(rafael)).id).toBe(newer)
    expect(await queueStatistics(rosa.ctx())).toMatchObject({ waiting: 0, inReview: 2 })
    for (const staff of [rosa, rafael]) {
      const review = await claim(staff)
      await approveDraft(await ctxOf(staff, review.id), review.id, held(review))
    }
  })

  it('takes a draft back when its reviewer falls silent, and refuses the late decision', async () => {
    const id = await drafted(acme, 'Silence')
    const late = await claim(rosa)
    await world.database.platform.execute(
      sql`update activities set claim_expires_at = now() - interval '1 second' where id = ${id}::uuid`,
    )
    const ctx = await ctxOf(rosa, id)
    await expect(heartbeat(ctx, id, held(late).claimToken)).rejects.toMatchObject({ code: 'lease_lost' })
    const taken = await claim(rafael)
    expect(taken.id).toBe(id)
    await expect(approveDraft(ctx, id, held(late))).rejects.toMatchObject({ code: 'lease_lost' })
    expect((await getActivity(acme.ctx('manager'), id)).state).toBe('IN_REVIEW')
    expect((await heartbeat(await ctxOf(rafael, id), id, held(taken).claimToken)).claimExpiresAt).toBeTruthy()
    await releaseClaim(await ctxOf(rafael, id), id, held(taken).claimToken)
    expect((await claim(rosa)).id).toBe(id)
    await emptyQueue()
  })
})

describe('a decision', () => {
  it('that sends a draft back gives a second version, to the same reviewer first', async () => {
    await emptyQueue()
    const id = await drafted(acme, 'Revised')
    const review = await claim(rosa)
    await requestRevision(await ctxOf(rosa, id), id, {
      ...held(review),
      notes: 'Add a section about pacing and make it shorter.',
    })
    await drafted(globex, 'Older by now')
    const activity = await expectEventually(async () => {
      const now = await getActivity(acme.ctx('manager'), id)
      expect(now.currentVersion).toBe(2)
      return now
    })
    const [first, second] = activity.versions
    expect(second?.notes).toContain('pacing')
    expect(second?.body).toContain('## Pacing')
    expect(second?.wordCount ?? 0).toBeLessThan(first?.wordCount ?? 0)
    const again = await claim(rosa)
    expect(again.id).toBe(id)
    await expect(approveDraft(await ctxOf(rosa, id), id, { ...held(again), versionNumber: 1 })).rejects.toMatchObject({
      code: 'stale_version',
    })
    await approveDraft(await ctxOf(rosa, id), id, held(again))
    const end = await getActivity(acme.ctx('manager'), id)
    expect(end.state).toBe('APPROVED')
    expect(end.decisions.map(({ kind, versionNumber }) => [kind, versionNumber])).toEqual([
      ['REQUEST_REVISION', 1],
      ['APPROVE', 2],
    ])
    await emptyQueue()
  })

  it('is made once, and leaves an audit row in the firm', async () => {
    const id = await drafted(globex, 'Once')
    const review = await claim(rafael)
    const ctx = await ctxOf(rafael, id)
    await rejectDraft(ctx, id, { ...held(review), reason: 'Not for us.' })
    for (const again of [
      () => approveDraft(ctx, id, held(review)),
      () => rejectDraft(ctx, id, { ...held(review), reason: 'x' }),
    ])
      await expect(again()).rejects.toMatchObject({ code: 'illegal_transition' })
    const activity = await getActivity(globex.ctx('viewer'), id)
    expect(activity.decisions).toEqual([expect.objectContaining({ kind: 'REJECT', notes: 'Not for us.' })])
    const audit = await globex
      .systemCtx()
      .db.query<{ action: string }>(sql`select action from audit_entries where subject_id = ${id}::uuid order by seq`)
    expect(audit.map(({ action }) => action)).toEqual(['activity.requested', 'review.claimed', 'review.reject'])
    expect((await listHistory(rafael.ctx(), { limit: 5 })).data[0]).toMatchObject({ activityId: id, kind: 'REJECT' })
  })

  it('about nothing is not found', async () => {
    await expect(getReview(rosa.ctx(), crypto.randomUUID())).rejects.toMatchObject({ code: 'not_found' })
  })
})
