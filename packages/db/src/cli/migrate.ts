// `npm run db:migrate`
import { loadPreparation } from '@throughline/config'
import { migrate } from '../migrations/migrator.ts'

const { DATABASE_OWNER_URL } = loadPreparation()
if (!DATABASE_OWNER_URL) throw new Error('DATABASE_OWNER_URL is not set')
const applied = await migrate(DATABASE_OWNER_URL)
process.stdout.write(applied.length > 0 ? `applied ${applied.join(', ')}\n` : 'nothing to apply\n')
