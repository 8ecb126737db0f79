import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createEncryption } from '@throughline/accounts'
import { sql } from '@throughline/db'
import { requestNotices } from '@throughline/funds'
import { makeIssuedCall } from '@throughline/funds/testing'
import { createStorage } from '@throughline/storage'
import { createTestWorld, expectEventually, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorkerProcess } from './testing.ts'

const investors = 120

let world: TestWorld
let worker: ChildProcess | undefined
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  await world.close()
})

describe('a worker that is killed twice while it makes the notices of a call', () => {
  it('leaves what is made, and each notice is made, kept and mailed once', async () => {
    const tenant = await world.tenant('Killed')
    const ctx = tenant.ctx('manager')
    const encryption = createEncryption(world.config.encryption)
    const commitments = Array.from({ length: investors }, (_, index) => `${1000 + index}00.00`)
    const { fund, callId } = await makeIssuedCall(tenant, { encryption }, commitments)
    await requestNotices(ctx, callId)
    const ready = async () =>
      await ctx.db.query<{
        id: string
        sha256: string
        files: string
      }>(sql`select id, sha256, file_id as files from fund_documents
        where state = 'READY' order by id`)

    let made: Awaited<ReturnType<typeof ready>> = []
    for (const attempt of [1, 2]) {
      const process = startWorkerProcess(world, 'documents,util')
      worker = process
      const goal = made.length + 5
      await expectEventually(async () => expect((await ready()).length).toBeGreaterThan(goal), 40_000)
      const ended = once(process, 'exit')
      process.kill('SIGKILL')
      await ended
      const now = await ready()
      expect(now.length, `after kill ${attempt}`).toBeLessThan(investors)
      expect(now).toEqual(expect.arrayContaining(made))
      made = now
    }

    worker = startWorkerProcess(world, 'documents,util')
    await expectEventually(async () => {
      const [jobs] = await ctx.db.query(sql`select count(*) filter (where state <> 'SUCCEEDED')::int as open,
        count(*) filter (where name = 'util__fund-document-mail')::int as mails from jobs`)
      expect(jobs).toEqual({ open: 0, mails: investors })
    }, 120_000)
    expect(await ready()).toEqual(expect.arrayContaining(made))
    const [facts] = await ctx.db.query(sql`select (select count(*)::int from fund_documents) as documents,
      (select count(distinct investor_id)::int from fund_documents where state = 'READY') as ready,
      (select count(*)::int from files) as files,
      (select count(*)::int from portal_links where revoked_at is null) as links,
      (select count(*)::int from capital_call_lines where notified_at is not null) as notified`)
    expect(facts).toEqual({
      documents: investors,
      ready: investors,
      files: 3 * investors,
      links: investors,
      notified: investors,
    })
    // What the killed attempts have stored and not written down is gone too.
    const kept = await createStorage(world.config.storage).list(`${tenant.id}/fund-documents/${fund.id}`)
    expect(kept).toHaveLength(3 * investors)
  }, 240_000)
})
