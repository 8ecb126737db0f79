import { createEncryption, hashPassword } from '@throughline/accounts'
import { seedContent } from '@throughline/content'
import { seedDeals, seedDetails, seedWonBefore } from '@throughline/crm'
import { createDatabase, type Database, type Log, type PlatformDb, sql, tenantCtx } from '@throughline/db'
import { seedFunds, type TakenDeal } from '@throughline/funds'
import { type DemoTenant, demoPassword, demoStaff, demoTenants } from './people.ts'

const dealsPerTenant = 400
const marker = 'demo-seed'

const addUser = (
  db: PlatformDb,
  user: { id: string; email: string; name: string; role: string | null; hash: string },
) =>
  db.execute(sql`insert into users (id, email, name, password_hash, platform_role, email_verified_at)
    values (${user.id}::uuid, ${user.email}, ${user.name}, ${user.hash}, ${user.role}::"PlatformRole", now()) on conflict do nothing`)

async function addPeople(db: PlatformDb, tenant: DemoTenant, hash: string): Promise<void> {
  const { id, name, slug, timezone, currency, brandVoice } = tenant
  await db.execute(sql`insert into tenants (id, name, slug, timezone, currency, brand_voice)
    values (${id}::uuid, ${name}, ${slug}, ${timezone}, ${currency}, ${brandVoice}) on conflict do nothing`)
  for (const person of tenant.people) {
    const email = `${person.role}@${tenant.domain}`
    await addUser(db, { ...person, email, role: null, hash })
    await db.execute(sql`insert into members (tenant_id, id, email, name, role)
      values (${id}::uuid, ${person.id}::uuid, ${email}, ${person.name}, ${person.role.toUpperCase()}::"TenantRole")
      on conflict do nothing`)
  }
}

interface Given {
  today: Date
  encryptionKey: string | undefined
}

/** All of a tenant's work, or none of it. Its fund is older than most deals of the pipeline: those that it holds were won before. */
async function addWork(database: Database, tenant: DemoTenant, given: Given): Promise<void> {
  const { today } = given
  const db = database.tenant(tenant.id)
  await db.transaction(async () => {
    if (await db.queryOne(sql`select 1 as one from deals limit 1`)) return
    const idOf = (role: string) => tenant.people.find((person) => person.role === role)?.id ?? tenant.id
    const ownerIds = [idOf('owner'), idOf('admin'), idOf('manager'), idOf('member')] as const
    await seedDeals(db, { count: dealsPerTenant, ownerIds, currency: tenant.currency, today })
    await seedWonBefore(db, await addFund(database, tenant, given))
    await seedDetails(db, { ownerIds })
    await seedContent(db, { requestedById: idOf('manager'), brandVoice: tenant.brandVoice, today })
  })
}

/** Nothing of a seeding is logged but what breaks it. */
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
}

/**
 * A fund of the tenant's own won deals, through the services of the desk: written by one person, approved by another.
 * @returns deals that have to be won by then
 */
function addFund(database: Database, tenant: DemoTenant, given: Given): Promise<TakenDeal[]> {
  const { id: tenantId, currency, fund: story } = tenant
  const { today, encryptionKey: key } = given
  const roles = { writer: 'manager', approver: 'admin' } as const
  const as = (who: keyof typeof roles, at: Date) => {
    const role = roles[who]
    const id = tenant.people.find((person) => person.role === role)?.id ?? null
    return tenantCtx(database, { tenantId, actor: { kind: 'user', id, role }, log, now: () => at })
  }
  const encryption = key ? createEncryption({ key, previousKey: undefined }) : undefined
  return seedFunds({ as, today, currency, story, encryption })
}

/** Whether the demo should be seeded: the database has nobody in it, or an earlier seed did not end. */
async function isWanted(db: PlatformDb): Promise<boolean> {
  const row = await db.queryOne<{ wanted: boolean }>(sql`select
    not exists (select 1 from users)
    or exists (select 1 from schedule_runs where name = ${marker} and last_success_at is null) as wanted`)
  return row?.wanted ?? true
}

/**
 * Fills an empty database with the demo. Stopped halfway, it goes on at the next call.
 * @param encryptionKey of the installation: without one the funds have no account to pay to
 */
export async function seedDemo(
  urls: { platform: string; tenant: string },
  encryptionKey: string | undefined,
): Promise<void> {
  const database = createDatabase(
    {
      database: {
        ownerUrl: undefined,
        platformUrl: urls.platform,
        tenantUrl: urls.tenant,
        readUrl: undefined,
        poolMax: 2,
        binding: 'session',
      },
    },
    log,
  )
  const db = database.platform
  try {
    if (!(await isWanted(db))) return
    await db.execute(
      sql`insert into schedule_runs (name, last_started_at) values (${marker}, now()) on conflict do nothing`,
    )
    const hash = await hashPassword(demoPassword)
    const today = new Date()
    for (const { role, ...person } of demoStaff) await addUser(db, { ...person, role: role.toUpperCase(), hash })
    for (const tenant of demoTenants) await addPeople(db, tenant, hash)
    for (const tenant of demoTenants) await addWork(database, tenant, { today, encryptionKey })
    await db.execute(sql`update schedule_runs set last_success_at = now() where name = ${marker}`)
  } finally {
    await database.close()
  }
}
