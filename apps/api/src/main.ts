import { loadConfigOrExit } from '@throughline/config'
import { jobCatalog } from '@throughline/job-catalog'
import { createLogger, endGracefully } from '@throughline/telemetry'
import { buildApp } from './app.ts'
import { openResources } from './resources.ts'

const config = await loadConfigOrExit()
const log = createLogger({ level: config.log.level, name: 'api' })
const resources = await openResources(config, jobCatalog, log)
const app = await buildApp(resources)

endGracefully({
  log,
  timeoutMs: config.shutdownTimeoutMs,
  async stop() {
    app.drain()
    await app.close()
    await resources.close()
  },
})
await app.listen({ host: config.api.host, port: config.api.port })
