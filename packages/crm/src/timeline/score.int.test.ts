// Properties of the lead score, asked of the functions in Postgres that compute it: they are computed nowhere else. One
// statement a run, with a hundred deals in it.
import { dealPriorities, signalPoints, signals } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestWorld } from '@throughline/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(() => world.close())

interface Facts {
  value: string
  priority: (typeof dealPriorities)[number]
  leadSource: string | null
  closeDate: string | null
  tags: string[]
  hasCompany: boolean
  companySize: string | null
  hasContact: boolean
  email: string | null
  title: string | null
  consent: 'UNKNOWN' | 'GIVEN' | 'WITHDRAWN' | null
}
interface Fit {
  score: number
  reasons: { points: number; reason: string }[]
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const text = fc.string({ unit: fc.constantFrom('a', 'O', ' ', 'é', '@', '.', '%', "'", '😀') })
const facts: fc.Arbitrary<Facts> = fc
  .record({
    value: fc.constantFrom('0', '0.01', '1250.00', '9999999999999999.99'),
    priority: fc.constantFrom(...dealPriorities),
    leadSource: maybe(fc.oneof(fc.constantFrom('Referral', 'Website', 'Cold call', 'empfehlung', 'Messe 2026'), text)),
    closeDate: maybe(fc.constantFrom('0001-01-01', '2026-12-31', '9999-12-31')),
    tags: fc.array(fc.oneof(fc.constantFrom('competitor', 'Competitor', 'hot'), text), { maxLength: 4 }),
    hasCompany: fc.boolean(),
    companySize: maybe(fc.constantFrom('1-10', '11-50', '201-500', '5001+', 'many')),
    hasContact: fc.boolean(),
    email: maybe(fc.oneof(fc.constantFrom('a@acme.com', 'a@gmail.com', 'a@GMX.de', 'a@web.de', 'a@webber.de'), text)),
    title: maybe(fc.oneof(fc.constantFrom('CEO', 'Head of IT', 'Ceoness', 'vice president', 'Assistant'), text)),
    consent: maybe(fc.constantFrom('UNKNOWN', 'GIVEN', 'WITHDRAWN')),
  })
  // What is known of a contact or a company is known of one that there is.
  .map((given) => ({
    ...given,
    companySize: given.hasCompany ? given.companySize : null,
    email: given.hasContact ? given.email : null,
    title: given.hasContact ? given.title : null,
    consent: given.hasContact ? given.consent : null,
  }))

const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 50, maxLength: 100 })
const holds = <T>(one: fc.Arbitrary<T>, property: (cases: T[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(many(one), property), { numRuns: 12 })

/** One statement, however many deals. */
async function fitOf(deals: readonly Facts[]): Promise<Fit[]> {
  return world.database.platform.query<Fit>(sql`
    select f.score, f.reasons from jsonb_array_elements(${JSON.stringify(deals)}::jsonb) with ordinality t(d, n),
      deal_fit((d->>'value')::numeric, (d->>'priority')::"DealPriority", d->>'leadSource', (d->>'closeDate')::date,
        array(select jsonb_array_elements_text(d->'tags')), (d->>'hasCompany')::boolean,
        company_is_large(d->>'companySize'), (d->>'hasContact')::boolean, mail_points(d->>'email'),
        is_decision_maker(d->>'title'), d->>'consent' = 'WITHDRAWN') f order by n`)
}

const sum = ({ reasons }: Fit) => reasons.reduce((total, { points }) => total + points, 0)
const clamped = (points: number) => Math.min(50, Math.max(0, points))

describe('fit', () => {
  it('is 0 to 50, and the sum of the points of its reasons within that', () =>
    holds(facts, async (deals) => {
      for (const fit of await fitOf(deals)) {
        expect(fit.score).toBe(clamped(sum(fit)))
        expect(new Set(fit.reasons.map(({ reason }) => reason)).size).toBe(fit.reasons.length)
        for (const { points } of fit.reasons) expect(Math.abs(points)).toBeGreaterThan(0)
      }
    }))

  it('is the same for the same facts, wherever the tags stand', () =>
    holds(facts, async (deals) => {
      const turned = deals.map((deal) => ({ ...deal, tags: deal.tags.toReversed() }))
      expect(await fitOf(turned)).toEqual(await fitOf(deals))
    }))

  const better = fc.constantFrom<Partial<Facts>>(
    { value: '1.00' },
    { priority: 'URGENT' },
    { leadSource: 'Referral' },
    { closeDate: '2026-12-31' },
    { hasCompany: true },
    { hasCompany: true, companySize: '5001+' },
    { hasContact: true },
    { hasContact: true, email: 'a@acme.com' },
    { hasContact: true, title: 'CEO' },
    { tags: ['hot'] },
    { consent: 'GIVEN', hasContact: true },
  )
  it('is never lower for what is known in addition', () =>
    holds(fc.tuple(facts, better), async (cases) => {
      // A tag in addition: those that are there stay.
      const more = cases.map(([deal, known]) => ({ ...deal, ...known, tags: [...deal.tags, ...(known.tags ?? [])] }))
      const [before, after] = [await fitOf(cases.map(([deal]) => deal)), await fitOf(more)]
      for (const [index, fit] of before.entries()) expect(after[index]?.score).toBeGreaterThanOrEqual(fit.score)
    }))

  const worse = fc.constantFrom<[string, Partial<Facts>]>(
    ['competitor', { tags: ['competitor'] }],
    ['unsubscribed', { consent: 'WITHDRAWN', hasContact: true }],
    ['personal_mail_domain', { email: 'a@gmail.com', hasContact: true }],
  )
  it('is lower only for what is named: a competitor, who unsubscribed, a personal mail address', () =>
    holds(fc.tuple(facts, worse), async (cases) => {
      const told = await fitOf(cases.map(([deal, [, known]]) => ({ ...deal, ...known })))
      for (const [index, [, [reason]]] of cases.entries())
        expect(told[index]?.reasons.find((candidate) => candidate.reason === reason)?.points).toBeLessThan(0)
      for (const { reasons } of await fitOf(cases.map(([deal]) => deal)))
        for (const { reason } of reasons.filter(({ points }) => points < 0))
          expect(['competitor', 'unsubscribed', 'personal_mail_domain']).toContain(reason)
    }))
})

describe('engagement', () => {
  const points = fc.integer({ min: 0, max: 50_000 }).map((thousandths) => (thousandths / 1000).toFixed(3))
  const hours = fc.integer({ min: 0, max: 24 * 365 * 3 })
  /** What is left after so many hours. */
  const left = (cases: readonly { points: string; hours: number }[]) =>
    world.database.platform
      .query<{ left: string }>(sql`
        select decayed_engagement((d->>'points')::numeric, '2026-03-01', '2026-03-01'::timestamptz
          + make_interval(hours => (d->>'hours')::int)) as left
        from jsonb_array_elements(${JSON.stringify(cases)}::jsonb) with ordinality t(d, n) order by n`)
      .then((rows) => rows.map((row) => Number(row.left)))

  it('halves in 30 days, and is what it was at the same moment and before', async () => {
    const cases = [0, 720, 1440, -5].map((after) => ({ points: '40', hours: after }))
    expect(await left(cases)).toEqual([40, 20, 10, 40])
  })

  it('never rises, never goes below 0 and never above what it was', () =>
    holds(fc.record({ points, hours, later: hours }), async (cases) => {
      const [soon, late] = [
        await left(cases),
        await left(cases.map(({ later, ...given }) => ({ ...given, hours: given.hours + later }))),
      ]
      for (const [index, given] of cases.entries()) {
        const [first = -1, second = -1] = [soon[index], late[index]]
        expect(first).toBeLessThanOrEqual(Number(given.points))
        expect(second).toBeLessThanOrEqual(first)
        expect(second).toBeGreaterThanOrEqual(0)
      }
    }))
})

describe('a deal', () => {
  it('has engagement of 0 to 50 and a score of 0 to 100 that is fit and engagement, whatever signals come', async () => {
    const acme = await world.tenant('Acme')
    const { db } = acme.systemCtx()
    await db.execute(sql`insert into companies (tenant_id, id, name, size)
      values (${acme.id}::uuid, ${acme.id}::uuid, 'Large', '5001+')`)
    const history = fc.record({ facts, given: fc.array(fc.constantFrom(...signals), { maxLength: 8 }) })
    await holds(history, async (cases) => {
      const rows = cases.map(({ facts: { value, priority, leadSource, tags, closeDate, hasCompany } }) => ({
        ...{ value: value.slice(-12), priority, leadSource, tags, closeDate, hasCompany },
      }))
      const deals = await db.query<{ id: string }>(sql`
        insert into deals (tenant_id, id, title, currency, value, priority, lead_source, tags, expected_close_date, company_id)
        select ${acme.id}::uuid, uuidv7(), 'A deal', 'EUR', (d->>'value')::numeric, (d->>'priority')::"DealPriority",
          d->>'leadSource', array(select jsonb_array_elements_text(d->'tags')), (d->>'closeDate')::date,
          case when (d->>'hasCompany')::boolean then ${acme.id}::uuid end
        from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality t(d, n) order by n returning id`)
      for (let round = 0; round < 8; round++) {
        const seen = cases.flatMap(({ given }, index) => {
          const signal = given[round]
          return signal ? [{ id: deals[index]?.id, points: signalPoints[signal], reason: signal }] : []
        })
        // As changeEngagement does it, for many deals at once.
        await db.execute(sql`update deals d set engagement = least(50, greatest(0,
            decayed_engagement(engagement, engagement_at, now()) + (s->>'points')::int)), engagement_at = now(),
            score_reasons = score_reasons || jsonb_build_object('points', (s->>'points')::int, 'reason', s->>'reason', 'at', now())
          from jsonb_array_elements(${JSON.stringify(seen)}::jsonb) s
          where d.tenant_id = ${acme.id}::uuid and d.id = (s->>'id')::uuid`)
      }
      const scored = await db.query<{ score: number; fit: number; engagement: number; reasons: Fit['reasons'] }>(sql`
        select lead_score as score, fit_score as fit, engagement::float8 as engagement, score_reasons as reasons
        from deals where id = any(${deals.map(({ id }) => id)}::uuid[])`)
      for (const { score, fit, engagement, reasons } of scored) {
        expect(engagement).toBeGreaterThanOrEqual(0)
        expect(engagement).toBeLessThanOrEqual(50)
        expect(fit).toBe(clamped(sum({ score, reasons: reasons.filter((reason) => !('at' in reason)) })))
        expect(score).toBe(fit + Math.round(engagement))
        expect(score).toBeLessThanOrEqual(100)
      }
    })
  })

  it('that changes is scored as if its company and its contact were asked anew, whatever was seen of them', async () => {
    const globex = await world.tenant('Globex')
    const { db } = globex.systemCtx()
    const t = sql`${globex.id}::uuid`
    await db.execute(sql`insert into companies (tenant_id, id, name, size)
      select ${t}, uuidv7(), size, size from unnest('{1-10,5001+}'::text[]) size`)
    await db.execute(sql`insert into contacts (tenant_id, id, name, email, title, consent)
      select ${t}, uuidv7(), 'Somebody', lower(title || consent) || host, title, consent::"ConsentState" from unnest('{@acme.com,@gmail.com,null}'::text[]) host,
        unnest('{CEO,Assistant}'::text[]) title, unnest('{GIVEN,WITHDRAWN}'::text[]) consent`)
    await db.execute(sql`insert into deals (tenant_id, id, title, currency, company_id, contact_id, score_reasons, lead_source)
      select ${t}, uuidv7(), 'A deal', 'EUR', c.id, k.id, seen::jsonb, 'Referral'
      from (select id from companies where tenant_id = ${t} union all select null) c,
        (select id from contacts where tenant_id = ${t} union all select null) k,
        unnest(array['[]', '[{"points":-20,"reason":"unsubscribed","at":"2026-11-01T00:00:00Z"}]']) seen`)
    const scores = () =>
      db.query<Fit>(
        sql`select fit_score as score, score_reasons as reasons from deals where tenant_id = ${t} order by id`,
      )
    for (const change of [
      sql`priority = 'URGENT'`,
      sql`value = 5`,
      sql`tags = '{competitor}'`,
      sql`lead_source = null, expected_close_date = current_date`,
    ]) {
      await db.execute(sql`update deals set ${change} where tenant_id = ${t}`)
      const changed = await scores()
      await db.execute(sql`update deals set fit_score = fit_score + 1 where tenant_id = ${t}`)
      expect(changed).toEqual(await scores())
    }
    const said = (await scores()).flatMap(({ reasons }) => reasons.map(({ points, reason }) => `${points} ${reason}`))
    for (const each of [
      '5 company_is_large',
      '10 business_mail_domain',
      '-5 personal_mail_domain',
      '10 decision_maker',
    ])
      expect(said).toContain(each)
    expect(new Set(said.filter((each) => each.endsWith('unsubscribed'))).size).toBe(2)
  })
})
