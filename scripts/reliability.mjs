// `npm run reliability`: the promises of Throughline under load, kills and hostility.
import { fileURLToPath } from 'node:url'
import { measuring } from './lib/measuring.mjs'

measuring(fileURLToPath(import.meta.url), 'reliability', 'bench/src/reliability/main.ts')
