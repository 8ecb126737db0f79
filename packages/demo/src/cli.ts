// `npm run db:seed`
import { loadConfig } from '@throughline/config'
import { seedDemo } from './seed.ts'

const { mode, database, encryption } = loadConfig()
if (mode !== 'demo') throw new Error('the demo is seeded in demo mode only: its passwords are public')
await seedDemo({ platform: database.platformUrl, tenant: database.tenantUrl }, encryption.key)
