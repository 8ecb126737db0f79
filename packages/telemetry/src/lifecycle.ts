// How a server process ends: on a signal with what it has begun, on an unforeseen error as well as it can.
import type { Logger } from './logger.ts'

export interface LifecycleOptions {
  log: Logger
  /** After this the process goes, done or not. */
  timeoutMs: number
  /** Takes no new work, ends what runs, closes what is open. */
  stop(): Promise<void>
}

/** Call once, when everything is open. */
export function endGracefully({ log, timeoutMs, stop }: LifecycleOptions): void {
  let stopping = false
  const end = async (exitCode: number): Promise<void> => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(exitCode || 1), timeoutMs).unref()
    await stop()
    process.exit(exitCode)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      log.info({ signal }, 'stopping')
      void end(0)
    })
  // After either of these nobody knows what state the process is in: it ends what it can and is started anew.
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'a promise was rejected and nobody listened')
    void end(1)
  })
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error was not caught')
    void end(1)
  })
}
