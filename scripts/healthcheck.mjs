// `node scripts/healthcheck.mjs <url>`: for containers, which have no curl. Exit code 0: healthy.
import { isHealthy } from './lib/health.mjs'

const [url] = process.argv.slice(2)
process.exit(url && (await isHealthy(url)) ? 0 : 1)
