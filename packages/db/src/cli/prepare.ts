// Before the first process starts: roles, database, migrations and, in the demo, data to look at.
import path from 'node:path'
import { loadPreparation } from '@throughline/config'
import { migrate } from '../migrations/migrator.ts'
import { type DatabaseUrls, provision } from '../provision.ts'

const demoPackage = path.join(import.meta.dirname, '../../../demo/src/index.ts')

/** Does nothing unless the database is empty. The demo stands above this package: it is loaded by its path. */
async function seedDemo(urls: DatabaseUrls, encryptionKey: string | undefined): Promise<void> {
  const { seedDemo: seed }: { seedDemo(urls: DatabaseUrls, encryptionKey: string | undefined): Promise<void> } =
    await import(demoPackage)
  await seed(urls, encryptionKey)
}

const settings = loadPreparation()
const { APP_OWNER_PASSWORD: owner, APP_PLATFORM_PASSWORD: platform, APP_TENANT_PASSWORD: tenant } = settings
if (!settings.DATABASE_ADMIN_URL) throw new Error('DATABASE_ADMIN_URL is not set')
if (!owner || !platform || !tenant)
  throw new Error('APP_OWNER_PASSWORD, APP_PLATFORM_PASSWORD and APP_TENANT_PASSWORD must be set')
const urls = await provision(settings.DATABASE_ADMIN_URL, { owner, platform, tenant })
const applied = await migrate(urls.owner)
process.stdout.write(applied.length > 0 ? `applied ${applied.join(', ')}\n` : 'the database is up to date\n')
if (settings.THROUGHLINE_MODE === 'demo') await seedDemo(urls, settings.ENCRYPTION_KEY)
