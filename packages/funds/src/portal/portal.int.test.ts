import { randomBytes } from 'node:crypto'
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listFundDocuments, requestNotices, requestStatements } from '../documents/index.ts'
import { type IssuedCall, makeIssuedCall, type Papers, startPapers, strike } from '../documents/testing.ts'
import { openPortal, openPortalFile, resendDocument, revokePortalLink, showWire, type Visit } from './index.ts'

let world: TestWorld
let papers: Papers
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  papers = startPapers(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await papers?.close()
  await world?.close()
})

const visit = (more: Partial<Visit> = {}): Visit => ({
  ...{ database: world.database, log: world.log, requestId: null, address: '192.0.2.7' },
  ...more,
})
const documentsOf = async ({ fund }: IssuedCall, tenant = acme) =>
  (await listFundDocuments(tenant.ctx('viewer'), fund.id, { limit: 100 })).data

/** A call whose notices have been mailed, and the tokens of its first two investors. */
async function mailed(tenant = acme) {
  const call = await makeIssuedCall(tenant, papers)
  await requestNotices(tenant.ctx('manager'), call.callId)
  const documents = await expectEventually(async () => {
    const all = await documentsOf(call, tenant)
    expect(all.filter(({ links }) => links.length === 1)).toHaveLength(3)
    return all
  }, 30_000)
  const tokens = await Promise.all(
    documents.map(({ links }) =>
      expectEventually(async () => {
        const [token] = await papers.tokensFor(links[0]?.sentTo ?? '')
        if (!token) throw new Error('no mail yet')
        return token
      }),
    ),
  )
  const [own, other] = documents
  const [token = '', tokenOfOther = ''] = tokens
  if (!own || !other) throw new Error('three were asked for')
  return { call, own, other, token, tokenOfOther }
}

describe('a link', () => {
  it('shows the notice, what is due, and how the account ends; opening it is written down', async () => {
    const { call, own, token } = await mailed()
    const portal = await openPortal(visit(), token)
    expect(portal).toMatchObject({
      firm: 'Acme',
      investor: { code: own.investor?.code },
      call: {
        title: 'First call',
        due: own.totals.due,
        paid: '0.00',
        outstanding: own.totals.due,
        dueDate: '2026-07-15',
      },
      wireMask: '•••• 2051',
    })
    expect(portal.documents).toMatchObject([{ id: own.id, isOwn: true }])
    expect(JSON.stringify(portal)).not.toContain('DE02')
    await openPortal(visit(), token)
    const [link] = (await documentsOf(call)).find(({ id }) => id === own.id)?.links ?? []
    expect(link).toMatchObject({ openings: 2, openedAt: expect.any(String), wireSeenAt: null })
    const [line] = await acme.ctx('viewer').db.query<{ opened: boolean }>(sql`select opened_at is not null as opened
      from capital_call_lines where call_id = ${call.callId}::uuid and investor_id = ${own.investor?.id ?? null}::uuid`)
    expect(line).toEqual({ opened: true })
  })

  it('shows where to pay to when it is asked, and that is audited once', async () => {
    const { call, own, token } = await mailed()
    for (let times = 0; times < 2; times++) {
      const wire = await showWire(visit(), token, papers)
      expect(wire.reference).toMatch(/^F1-C1-/)
      expect(wire.details).toContainEqual({ label: 'Account (IBAN)', value: 'DE02120300000000202051' })
    }
    const [link] = (await documentsOf(call)).find(({ id }) => id === own.id)?.links ?? []
    expect(link?.wireSeenAt).toEqual(expect.any(String))
    const [audited] = await acme.ctx('owner').db.query(sql`select count(*)::int as n from audit_entries
      where action = 'portal_link.wire_shown' and subject_id = ${link?.id ?? null}::uuid`)
    expect(audited).toEqual({ n: 1 })
  })

  it('opens its own document and statements of its investor, and nothing of another investor or firm', async () => {
    const { call, own, other, token } = await mailed()
    const theirs = await mailed(globex)
    const ctx = acme.ctx('manager')
    await strike(ctx, call.fund, [{ asOf: '2026-09-30', contributions: '1.00' }])
    await requestStatements(ctx, call.fund.id, { period: '2026-Q3', notify: false })
    const portal = await expectEventually(async () => {
      const shown = await openPortal(visit(), token)
      expect(shown.documents.map(({ kind }) => kind).sort()).toEqual(['CALL_NOTICE', 'STATEMENT'])
      return shown
    }, 30_000)
    for (const { id } of portal.documents)
      expect(await openPortalFile(visit(), token, id)).toMatchObject({ contentType: 'application/pdf' })
    const statementOfOther = (await documentsOf(call)).find(
      ({ kind, investor }) => kind === 'STATEMENT' && investor?.id === other.investor?.id,
    )
    for (const id of [other.id, theirs.own.id, statementOfOther?.id ?? '', own.investor?.id ?? ''])
      await expect(openPortalFile(visit(), token, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(JSON.stringify(await openPortal(visit(), theirs.token))).not.toContain(own.investor?.name)
  })

  it('that is made up, revoked, expired, or of a suspended firm gets one and the same answer', async () => {
    const { own, other, token, tokenOfOther } = await mailed()
    const theirs = await mailed(globex)
    const refusalOf = (asked: Promise<unknown>) =>
      asked.then(
        () => 'opened',
        (error: Error & { code?: string }) => [error.code, error.message],
      )
    const answers = [await refusalOf(openPortal(visit(), randomBytes(32).toString('base64url')))]
    await revokePortalLink(acme.ctx('manager'), own.links[0]?.id ?? '')
    answers.push(await refusalOf(openPortal(visit(), token)), await refusalOf(showWire(visit(), token, papers)))
    const later = new Date(Date.now() + 61 * 86_400_000)
    answers.push(await refusalOf(openPortal(visit({ now: () => later }), tokenOfOther)))
    answers.push(await refusalOf(openPortalFile(visit({ now: () => later }), tokenOfOther, other.id)))
    await world.database.platform.execute(sql`update tenants set status = 'SUSPENDED' where id = ${globex.id}::uuid`)
    answers.push(await refusalOf(openPortal(visit(), theirs.token)))
    await world.database.platform.execute(sql`update tenants set status = 'ACTIVE' where id = ${globex.id}::uuid`)
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify(['not_found', 'This link is not valid. Ask the sender for a new one.'])]),
    )
  })

  it('ends when the document is sent again: the new one opens', async () => {
    const { own, token } = await mailed()
    await resendDocument(acme.ctx('manager'), own.id)
    const fresh = await expectEventually(async () => {
      const [newest = ''] = await papers.tokensFor(own.links[0]?.sentTo ?? '')
      expect(newest).not.toBe(token)
      return newest
    })
    await expect(openPortal(visit(), token)).rejects.toMatchObject({ code: 'not_found' })
    expect((await openPortal(visit(), fresh)).documents).toHaveLength(1)
  })

  it('of one firm cannot be ended, and its document not sent, by another', async () => {
    const { own, token } = await mailed()
    await expect(revokePortalLink(globex.ctx('owner'), own.links[0]?.id ?? '')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(resendDocument(globex.ctx('owner'), own.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(openPortal(visit(), token)).resolves.toMatchObject({ firm: 'Acme' })
  })
})
