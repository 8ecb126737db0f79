// `npm run db:status`
import { loadPreparation } from '@throughline/config'
import { diffSchemas, readSnapshot } from '../migrations/diff.ts'
import { migrationStatus } from '../migrations/migrator.ts'

const { DATABASE_OWNER_URL } = loadPreparation()
if (!DATABASE_OWNER_URL) throw new Error('DATABASE_OWNER_URL is not set')
const status = await migrationStatus(DATABASE_OWNER_URL)
for (const [state, names] of Object.entries(status)) process.stdout.write(`${state}: ${names.join(', ') || 'none'}\n`)
const unwritten = await diffSchemas(readSnapshot())
process.stdout.write(unwritten === '' ? 'schema: all in migrations\n' : 'schema: changed, run npm run db:diff <name>\n')
process.exitCode = status.pending.length + status.edited.length > 0 || unwritten !== '' ? 1 : 0
