import { loadConfigOrExit } from '@throughline/config'
import { createLogger, endGracefully } from '@throughline/telemetry'
import { startWorker } from './worker.ts'

const config = await loadConfigOrExit()
const log = createLogger({ level: config.log.level, name: `worker ${config.worker.profiles.join('+')}` })
const worker = await startWorker(config, log)

endGracefully({ log, timeoutMs: config.shutdownTimeoutMs, stop: () => worker.close() })
log.info({ healthPort: worker.healthPort }, 'worker ready')
