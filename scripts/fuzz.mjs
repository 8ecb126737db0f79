// `npm run fuzz -- [--calls=20000] [--seed=1] [--save]`: calls of every operation that the API describes, most of them wrong.
import { fileURLToPath } from 'node:url'
import { measured } from './lib/measured.mjs'

measured(fileURLToPath(import.meta.url), { name: 'fuzz', program: 'bench/src/fuzz/main.ts', durable: false })
