// `npm run bench`: Throughline beside its baselines, on a Postgres and a Redis of their own that forget nothing early.
import { fileURLToPath } from 'node:url'
import { measured } from './lib/measured.mjs'

measured(fileURLToPath(import.meta.url), { name: 'bench', program: 'bench/src/main.ts', durable: true })
