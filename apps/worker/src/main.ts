import { ConfigError, loadConfig } from '@throughline/config'
import { createLogger } from '@throughline/telemetry'
import { startWorker } from './worker.ts'

/** A refusal to start is said in words, not in a stack. */
function readConfig() {
  try {
    return loadConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(78)
  }
}

const config = readConfig()
const log = createLogger({ level: config.log.level, name: `worker ${config.worker.profiles.join('+')}` })
const worker = await startWorker(config, log)

let stopping = false
/** Takes no more jobs, ends what runs within the deadline, then goes. */
async function stop(exitCode: number): Promise<void> {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(exitCode || 1), config.shutdownTimeoutMs).unref()
  await worker.close()
  process.exit(exitCode)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    log.info({ signal }, 'stopping')
    void stop(0)
  })
// After either of these nobody knows what state the process is in: it ends what it can and is started anew.
process.on('unhandledRejection', (error) => {
  log.fatal({ err: error }, 'a promise was rejected and nobody listened')
  void stop(1)
})
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'an error was not caught')
  void stop(1)
})
log.info({ healthPort: worker.healthPort }, 'worker ready')
