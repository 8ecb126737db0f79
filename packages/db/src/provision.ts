// Roles and database, made once by whoever administers the server.
import { randomBytes } from 'node:crypto'
import pg from 'pg'

export interface RolePasswords {
  owner: string
  platform: string
  tenant: string
}

export interface DatabaseUrls {
  owner: string
  platform: string
  tenant: string
}

/**
 * The two that run have `enable_seqscan` off: a statement that was prepared while a table was still empty would go on
 * reading the whole of it, until statistics are gathered, however large it has become.
 */
const roles = [
  // Owns the tables and migrates; row-level security is FORCEd on it too.
  { key: 'owner', name: 'app_owner', options: 'NOSUPERUSER NOBYPASSRLS NOCREATEROLE' },
  // Sign-in, console, relay, schedules: crosses tenants, owns nothing.
  { key: 'platform', name: 'app_platform', options: 'NOSUPERUSER BYPASSRLS NOCREATEROLE' },
  // All tenant work.
  { key: 'tenant', name: 'app_tenant', options: 'NOSUPERUSER NOBYPASSRLS NOCREATEROLE' },
] as const

export const defaultDatabaseName = 'throughline'
const quotedName = (name: string) => `"${name.replaceAll('"', '""')}"`
const quotedText = (text: string) => `'${text.replaceAll("'", "''")}'`

export const randomPasswords = (): RolePasswords => {
  const password = () => randomBytes(24).toString('base64url')
  return { owner: password(), platform: password(), tenant: password() }
}

/** The same server and options with another user and database. */
function urlFor(adminUrl: string, user: string, password: string, database: string): string {
  const url = new URL(adminUrl)
  url.username = user
  url.password = encodeURIComponent(password)
  url.pathname = `/${database}`
  return url.href
}

/** The database that an admin URL names; the maintenance database stands for our own default. */
export function databaseNameOf(adminUrl: string): string {
  const name = decodeURIComponent(new URL(adminUrl).pathname.slice(1))
  return name === '' || name === 'postgres' ? defaultDatabaseName : name
}

export const urlsFor = (
  adminUrl: string,
  passwords: RolePasswords,
  database = databaseNameOf(adminUrl),
): DatabaseUrls => ({
  owner: urlFor(adminUrl, 'app_owner', passwords.owner, database),
  platform: urlFor(adminUrl, 'app_platform', passwords.platform, database),
  tenant: urlFor(adminUrl, 'app_tenant', passwords.tenant, database),
})

async function withAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'throughline-prepare' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Any number: only one process at a time makes roles and databases. */
const provisionLock = 851_274_411

/**
 * Under row-level security Postgres looks up by an index only what it knows to be leakproof: a comparison that can tell
 * of another tenant's row by an error must come after the check of the tenant. These three kinds fail on no value, but
 * only a superuser may say so. Without it, conditions on a stage, an amount or a tag are checked row by row: slower in
 * large firms, and as safe.
 */
const leakproof = [
  'enum_eq(anyenum, anyenum)',
  ...['eq', 'lt', 'le', 'gt', 'ge'].map((name) => `numeric_${name}(numeric, numeric)`),
  'arraycontains(anyarray, anyarray)',
]

async function tellLeakproof(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(
    'select rolsuper as may from pg_roles where rolname = current_user',
  )
  if (!rows[0]?.may) return
  for (const comparison of leakproof) await client.query(`alter function pg_catalog.${comparison} leakproof`)
}

/** Makes or mends roles and database. Safe to run again, and beside another. */
export async function provision(
  adminUrl: string,
  passwords: RolePasswords,
  database = databaseNameOf(adminUrl),
): Promise<DatabaseUrls> {
  const maintenance = new URL(adminUrl)
  maintenance.pathname = '/postgres'
  await withAdmin(maintenance.href, async (client) => {
    await client.query('select pg_advisory_lock($1)', [provisionLock])
    for (const { key, name, options } of roles) {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name])
      const verb = rowCount ? 'alter' : 'create'
      await client.query(`${verb} role ${name} login ${options} password ${quotedText(passwords[key])}`)
      if (key !== 'owner') await client.query(`alter role ${name} set enable_seqscan = off`)
    }
    await client.query('grant app_owner to current_user')
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${quotedName(database)} owner app_owner`)
  })
  const inDatabase = new URL(adminUrl)
  inDatabase.pathname = `/${database}`
  await withAdmin(inDatabase.href, async (client) => {
    await client.query('alter schema public owner to app_owner')
    await client.query('revoke create on schema public from public')
    await tellLeakproof(client)
  })
  return urlsFor(adminUrl, passwords, database)
}
