// `npm run bench`: Throughline beside its baselines.
import { fileURLToPath } from 'node:url'
import { measuring } from './lib/measuring.mjs'

measuring(fileURLToPath(import.meta.url), 'bench', 'bench/src/main.ts')
