// The demo's pipeline: plausible, varied, and the same at every seeding.
import { type DealPriority, type DealStage, dealPriorities } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'
import { isClosed } from './deals/index.ts'

export interface DealSeed {
  count: number
  ownerIds: readonly string[]
  currency: string
  today: Date
}

const first = [
  'Alder',
  'Birch',
  'Cobalt',
  'Delta',
  'Elm',
  'Falcon',
  'Granite',
  'Harbour',
  'Iris',
  'Juniper',
  'Keystone',
  'Lumen',
]
const second = [
  'Analytics',
  'Biotech',
  'Capital',
  'Foods',
  'Health',
  'Logistics',
  'Mobility',
  'Power',
  'Robotics',
  'Software',
]
const people = [
  'Amara Okafor',
  'Ben de Vries',
  'Chiara Romano',
  'Daniel Kim',
  'Elena Petrova',
  'Farid Haddad',
  'Grace Murphy',
]
const surnames = [
  'Lindqvist',
  'Moreau',
  'Nakamura',
  'Ortega',
  'Price',
  'Quist',
  'Rossi',
  'Silva',
  'Tanaka',
  'Umarov',
  'Weber',
]
const offers = [
  'growth programme',
  'brand relaunch',
  'Series A round',
  'platform licence',
  'market entry',
  'annual retainer',
  'co-investment',
  'site development',
]
const sources = ['Referral', 'Website', 'Conference', 'Outbound', 'Partner', 'Webinar', null]
const reasons = ['Budget was cut', 'Chose a competitor', 'No decision in time', 'Not a fit']
const stages: readonly DealStage[] = [
  'LEAD',
  'LEAD',
  'LEAD',
  'QUALIFIED',
  'QUALIFIED',
  'NEGOTIATION',
  'CLOSED_WON',
  'CLOSED_WON',
  'CLOSED_LOST',
]
const dayMs = 86_400_000

/** A small generator of numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const day = (instant: Date): string => instant.toISOString().slice(0, 10)

function createPicker(seed: number) {
  const random = randomFrom(seed)
  const upTo = (max: number) => Math.floor(random() * max)
  const pick = <T>(items: readonly T[]): T => {
    const item = items[upTo(items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  return { random, upTo, pick }
}

interface SeedCompany {
  name: string
  domain: string
  contactName: string
  contactEmail: string
}

const companies: readonly SeedCompany[] = first.flatMap((word, i) =>
  second.map((kind, j) => {
    const given = (people[(i * 3 + j) % people.length] ?? 'Robin').split(' ')[0] ?? 'Robin'
    const surname = surnames[(i + j * 2) % surnames.length] ?? 'Berg'
    const domain = `${word}-${kind}.example`.toLowerCase()
    const contactEmail = `${given}.${surname}@${domain}`.toLowerCase()
    return { name: `${word} ${kind}`, domain, contactName: `${given} ${surname}`, contactEmail }
  }),
)

function seedDeal(
  { pick, upTo, random }: ReturnType<typeof createPicker>,
  index: number,
  { ownerIds, currency, today }: DealSeed,
) {
  const company = pick(companies)
  const stage = pick(stages)
  const createdAt = new Date(today.getTime() - (1 + upTo(360)) * dayMs - upTo(dayMs))
  const closedAt = isClosed(stage)
    ? new Date(createdAt.getTime() + random() * (today.getTime() - createdAt.getTime()))
    : null
  const expectedCloseDate = closedAt ? day(closedAt) : day(new Date(today.getTime() + (upTo(150) - 20) * dayMs))
  const cents = BigInt(Math.round(10 ** (3.3 + random() * 2.7))) * 100n
  const priority: DealPriority = pick(dealPriorities)
  const deal = { value: `${cents / 100n}.00`, priority, leadSource: pick(sources), expectedCloseDate }
  return {
    ...deal,
    ...company,
    title: `${company.name}: ${pick(offers)}`,
    importKey: `seed:${index}`,
    currency,
    stage,
    ownerId: pick(ownerIds),
    closedAt,
    lostReason: stage === 'CLOSED_LOST' ? pick(reasons) : null,
    createdAt,
    notes: upTo(4) === 0 ? 'Met at the spring forum; asked for references and a phased offer.' : null,
  }
}

/** Adds companies, contacts and `count` deals over stages, values and the past year. Call it once, in a transaction, and then `seedDetails`. */
export async function seedDeals(db: TenantDb, seed: DealSeed): Promise<void> {
  const picker = createPicker(seed.count * 7919 + seed.currency.charCodeAt(0))
  const deals = Array.from({ length: seed.count }, (_, index) => seedDeal(picker, index, seed))
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    insert into companies (tenant_id, id, name, domain, updated_at)
    select ${t}, uuidv7(), name, domain, now() from jsonb_to_recordset(${JSON.stringify(companies)}::jsonb) as g(name text, domain text)
    on conflict (tenant_id, domain) where deleted_at is null do nothing`)
  await db.execute(sql`
    insert into contacts (tenant_id, id, name, email, company_id, updated_at)
    select ${t}, uuidv7(), g."contactName", g."contactEmail", c.id, now()
    from jsonb_to_recordset(${JSON.stringify(companies)}::jsonb) as g("contactName" text, "contactEmail" text, domain text)
    join companies c on c.tenant_id = ${t} and c.domain = g.domain
    on conflict (tenant_id, email) where deleted_at is null do nothing`)
  await db.execute(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, priority, lead_source, owner_id, company_id,
        contact_id, expected_close_date, closed_at, lost_reason, notes, import_key, created_at, updated_at)
      select ${t}, uuidv7(), g.title, g.value, g.currency, g.stage, g.priority, g."leadSource", g."ownerId",
        c.id, k.id, g."expectedCloseDate", g."closedAt", g."lostReason", g.notes, g."importKey", g."createdAt",
        coalesce(g."closedAt", g."createdAt")
      from jsonb_to_recordset(${JSON.stringify(deals)}::jsonb) as g(title text, value numeric, currency text, stage "DealStage",
        priority "DealPriority", "leadSource" text, "ownerId" uuid, domain text, "contactEmail" text,
        "expectedCloseDate" date, "closedAt" timestamptz, "lostReason" text, notes text, "importKey" text, "createdAt" timestamptz)
      join companies c on c.tenant_id = ${t} and c.domain = g.domain
      join contacts k on k.tenant_id = ${t} and k.email = g."contactEmail"`)
}
