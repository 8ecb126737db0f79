// A migrated database that every test file gets a copy of: a copy takes a fraction of what migrating takes.
import { createHash } from 'node:crypto'
import { migrate, provision, type RolePasswords, readMigrations, urlsFor } from '@throughline/db/admin'
import pg from 'pg'

/** Any number: one process at a time makes the template. */
const templateLock = 851_274_412

/** The roles are the server's, so every run on it has to know the same passwords. */
function testPasswords(adminUrl: string): RolePasswords {
  const password = (role: string) => createHash('sha256').update(`${adminUrl}#${role}`).digest('base64url').slice(0, 24)
  return { owner: password('owner'), platform: password('platform'), tenant: password('tenant') }
}

async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const templateName = () => {
  const hash = createHash('sha256')
  for (const { checksum } of readMigrations()) hash.update(checksum)
  return `tl_template_${hash.digest('hex').slice(0, 12)}`
}

/** Makes the template of the present migrations, unless it is there. @returns its name */
export const ensureTemplate = (adminUrl: string): Promise<string> =>
  asAdmin(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock])
    const name = templateName()
    const ready = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name])
    if (ready.rowCount) return name
    await client.query(`drop database if exists ${name}`)
    const urls = await provision(adminUrl, testPasswords(adminUrl), name)
    await migrate(urls.owner)
    await client.query(`alter database ${name} is_template true`)
    return name
  })

/** A fresh copy of the template. */
export async function cloneTemplate(adminUrl: string, name: string) {
  const template = await ensureTemplate(adminUrl)
  await asAdmin(adminUrl, (client) => client.query(`create database ${name} template ${template} owner app_owner`))
  return urlsFor(adminUrl, testPasswords(adminUrl), name)
}

export const dropDatabase = (adminUrl: string, name: string) =>
  asAdmin(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
