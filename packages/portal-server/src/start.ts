import { loadPortalConfig } from '@throughline/config'
import { createLogger } from '@throughline/telemetry'
import next from 'next'
import { type PortalServerOptions, startPortalServer } from './server.ts'

export interface StartPortalInput {
  portal: PortalServerOptions['portal']
  /** The folder of the Next app. */
  dir: string
  /** Serves sources and reloads; otherwise the last build. */
  dev: boolean
}

/** Serves a portal until it is told to stop. */
export async function startPortal({ portal, dir, dev }: StartPortalInput): Promise<void> {
  const config = loadPortalConfig()
  const log = createLogger({ level: config.logLevel, name: portal })
  const app = next({ dev, dir, hostname: config.host, port: config.port })
  await app.prepare()
  const handle = app.getRequestHandler()
  const server = await startPortalServer({
    portal,
    config,
    log,
    dev,
    handlePage: (request, response) => handle(request, response),
    handleUpgrade: dev ? async (request, socket, head) => app.getUpgradeHandler()(request, socket, head) : undefined,
  })
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping')
    await server.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
}
