// What goes out comes back in: the naughty strings and csv-spectrum's cells, in every text field of every kind.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { exportColumnsOf, tag } from '@throughline/contracts'
import { type Sql, sql } from '@throughline/db'
import { createTestWorld, naughtyStrings, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Flow, startFlow } from '../flow.testing.ts'

const require = createRequire(import.meta.url)
const spectrum = path.join(path.dirname(require.resolve('csv-spectrum')), 'json')
const spectrumCells = readdirSync(spectrum).flatMap((file) =>
  [z.unknown().parse(JSON.parse(readFileSync(path.join(spectrum, file), 'utf8')))]
    .flat()
    .map((row) => z.record(z.string(), z.string()).parse(row))
    .flatMap((row) => [...Object.keys(row), ...Object.values(row)]),
)
const formulas = [
  '=1+1',
  '+49 30',
  '-5',
  '-x',
  '@me',
  "'=kept",
  "''=twice",
  '＝1+1',
  '－1',
  'a\tb',
  'a\rb',
  'a\r\nb',
  '"',
  "'",
]
/** What a person could have typed and a form would have taken: trimmed, not empty, at most 200 characters, storable. */
const naughty = [
  ...new Set(
    [...naughtyStrings, ...spectrumCells, ...formulas]
      .map((text) => text.trim().slice(0, 200).trim())
      .filter((text) => text !== '' && !text.includes('\0') && text.isWellFormed()),
  ),
]

let world: TestWorld
let flow: Flow
beforeAll(async () => {
  world = await createTestWorld()
  flow = startFlow(world)
})
afterAll(async () => {
  await flow?.close()
  await world?.close()
})

const shortened = (text: string, max: number) =>
  text
    .slice(0, max)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trim()
/** What a form would make of it: lower case, and no comma within. */
const tagOf = (text: string): string => tag.safeParse(shortened(text, 40)).data ?? 'key account'
const values = JSON.stringify(
  naughty.map((text) => ({ text, short: shortened(text, 80), role: shortened(text, 30), tag: tagOf(text) })),
)
/** Every string is one of the options of this field. */
const options = [...new Set(naughty.map((text) => shortened(text, 80)))]
const ownFields = (tenant: TestTenant) => sql`
  insert into custom_fields (tenant_id, id, key, label, type, options)
  select ${tenant.id}::uuid, uuidv7(), key, label, type::"CustomFieldType", options from (values
    ('remark', '=Remark', 'TEXT', '{}'::text[]), ('budget', 'Budget', 'NUMBER', '{}'), ('choice', 'Choice', 'CHOICE', ${options}::text[])
  ) f(key, label, type, options)`
/** One record a string, with that string in each of its text fields. */
async function fill(tenant: TestTenant): Promise<void> {
  const { db } = tenant.systemCtx()
  const t = sql`${tenant.id}::uuid`
  const given = sql`rows from (jsonb_to_recordset(${values}::jsonb) as (text text, short text, role text, tag text)) with ordinality as g(text, short, role, tag, n)`
  await db.execute(ownFields(tenant))
  await db.execute(sql`insert into companies (tenant_id, id, name, domain, industry, size, country, tags)
    select ${t}, uuidv7(), text, 'c' || n || '.test', short, '11-50', 'DE', array['the first of all', tag] from ${given}`)
  await db.execute(sql`insert into contacts (tenant_id, id, name, email, title, source, phones, other_emails, tags, company_id)
    select ${t}, uuidv7(), g.text, 'p' || n || '@c' || n || '.test', g.text, g.short, array['+49 30 ' || n],
      array['q' || n || '@c.test'], array[g.tag, 'the last of all'], c.id
    from ${given} join companies c on c.tenant_id = ${t} and c.domain = 'c' || n || '.test'`)
  await db.execute(sql`insert into deals (tenant_id, id, title, value, currency, stage, closed_at, lost_reason, lead_source, notes,
      tags, custom, company_id, contact_id, expected_close_date, probability)
    select ${t}, uuidv7(), g.text, -1 * -n + 0.25, 'USD', 'CLOSED_LOST', '2026-01-02', g.text, g.short, g.text || chr(10) || g.text,
      array[g.tag], jsonb_build_object('remark', g.text, 'budget', -n, 'choice', g.short), c.id, k.id, '2026-03-04', 0
    from ${given} join companies c on c.tenant_id = ${t} and c.domain = 'c' || n || '.test'
      join contacts k on k.tenant_id = ${t} and k.company_id = c.id`)
  await db.execute(sql`insert into deal_contacts (tenant_id, deal_id, contact_id, role)
    select d.tenant_id, d.id, d.contact_id, '(role) \\ ' || g.role
    from deals d join ${given} on g.n = -(d.custom->>'budget')::int`)
}

const compared: Record<'DEAL' | 'COMPANY' | 'CONTACT', Sql> = {
  COMPANY: sql`select name, domain, industry, size, country, tags from companies order by domain`,
  CONTACT: sql`select k.name, k.email, k.title, k.source, k.phones, k.other_emails, k.tags, c.name as company from contacts k
    left join companies c on c.tenant_id = k.tenant_id and c.id = k.company_id order by k.email`,
  DEAL: sql`select d.title, d.value, d.currency, d.stage, d.lost_reason, d.lead_source, d.notes, d.tags, d.custom, d.probability,
      d.expected_close_date, c.name as company, k.email, k.name as contact,
      (select json_agg(json_build_array(x.email, r.role)) from deal_contacts r
        join contacts x on x.tenant_id = r.tenant_id and x.id = r.contact_id where r.tenant_id = d.tenant_id and r.deal_id = d.id) as people
    from deals d left join companies c on c.tenant_id = d.tenant_id and c.id = d.company_id
      left join contacts k on k.tenant_id = d.tenant_id and k.id = d.contact_id order by d.value`,
}
const contents = (tenant: TestTenant, kind: keyof typeof compared) => tenant.systemCtx().db.query(compared[kind])

const columns = {
  COMPANY: [...exportColumnsOf.COMPANY],
  CONTACT: [...exportColumnsOf.CONTACT],
  DEAL: [...exportColumnsOf.DEAL, 'custom.remark', 'custom.budget', 'custom.choice'] as const,
}
const styles = [
  { decimal: 'point', dateOrder: 'ymd' },
  { decimal: 'comma', dateOrder: 'dmy' },
] as const

describe(`${naughty.length} naughty strings`, () => {
  it.each(styles)('leave and come back as they were, in another firm and in their own: %o', async (options) => {
    const [one, two] = [await world.tenant('Giver'), await world.tenant('Taker')]
    await fill(one)
    await two.systemCtx().db.execute(ownFields(two))
    for (const kind of ['COMPANY', 'CONTACT', 'DEAL'] as const) {
      const { text, rows } = await flow.exported(one, {
        ...(kind === 'DEAL'
          ? { kind, columns: [...columns.DEAL] }
          : kind === 'COMPANY'
            ? { kind, columns: columns.COMPANY }
            : { kind, columns: columns.CONTACT }),
        options,
      })
      expect(rows).toBe(naughty.length)
      const before = await contents(one, kind)
      const there = await flow.started(two, text, { options }, { kind })
      expect([
        kind,
        there.state,
        there.rowsCreated + there.rowsUpdated + there.rowsUnchanged,
        there.rowsRejected,
      ]).toEqual([kind, 'SUCCEEDED', naughty.length, 0])
      expect(await contents(two, kind)).toEqual(before)
      const back = await flow.started(one, text, { options }, { kind })
      expect([back.rowsUnchanged, back.rowsUpdated, back.rowsCreated]).toEqual([naughty.length, 0, 0])
      expect(await contents(one, kind)).toEqual(before)
    }
  })
})
