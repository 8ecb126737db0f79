// A worker as a process of its own, so that a test can kill it with -9. Its configuration comes in on stdin.
import { loadConfig } from '@throughline/config'
import { createDatabase } from '@throughline/db'
import { startWorkerHost } from '../host.ts'
import { createRedis } from '../redis.ts'
import { testCatalog, testHandlers } from './catalog.ts'

let text = ''
for await (const chunk of process.stdin) text += chunk
const config = loadConfig(JSON.parse(text))
const say = (details: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`)
const log = { debug: () => undefined, info: () => undefined, warn: say, error: say }
startWorkerHost({
  config,
  database: createDatabase(config, log),
  redis: createRedis(config.redis, 'producer', log),
  log,
  catalog: testCatalog,
  handlers: testHandlers,
  profiles: ['util'],
})
process.stdout.write('ready\n')
