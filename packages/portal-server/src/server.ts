// A portal's own small server: the API and its sockets under the portal's origin, Next for everything else
// (docs/adr/0005). The address of the API is read when it starts, so one build serves any installation.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { PortalConfig } from '@throughline/config'
import type { Logger } from '@throughline/telemetry'
import httpProxy from 'http-proxy-3'
import { badGateway, portalHeader } from './headers.ts'
import { setPageHeaders } from './page-headers.ts'

export interface PortalServerOptions {
  portal: 'dashboard' | 'dm' | 'manage'
  config: PortalConfig
  log: Logger
  /** Sources are served and reloaded. */
  dev: boolean
  /** Answers what is not the API's: Next's own handler. */
  handlePage(request: IncomingMessage, response: ServerResponse): Promise<void>
  handleUpgrade?(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void>
}

const isApi = (url: string | undefined): boolean => url === '/api' || (url?.startsWith('/api/') ?? false)
const uploadTimeoutMs = 10 * 60_000

/** Says who asks through which portal; what a browser claims about it is dropped. */
function stamp(request: IncomingMessage, portal: string): void {
  request.headers[portalHeader] = portal
}

/** As a proxy does: the address that this request came from, behind those that others have told. */
function addForwardedFor(request: IncomingMessage): void {
  const told = [request.headers['x-forwarded-for'], request.socket.remoteAddress].flat().filter(Boolean)
  request.headers['x-forwarded-for'] = told.join(', ')
}

function createProxy({ config, log }: PortalServerOptions) {
  const proxy = httpProxy.createProxyServer({
    target: config.apiUrl,
    xfwd: true,
    proxyTimeout: uploadTimeoutMs,
    timeout: uploadTimeoutMs,
  })
  proxy.on('error', (error, request, response) => {
    if ('writeHead' in response && !response.headersSent) {
      log.warn({ reason: error.message, url: request.url }, 'the API cannot be reached')
      badGateway(response)
    } else {
      // A socket that a browser has closed, or an answer that broke off: whoever asked is gone.
      log.debug({ reason: error.message, url: request.url }, 'a connection ended')
      response.destroy()
    }
  })
  return proxy
}

/** Starts listening. @returns the port, and how to stop */
export async function startPortalServer(options: PortalServerOptions) {
  const { portal, config, log, dev, handlePage, handleUpgrade } = options
  const proxy = createProxy(options)
  const server = createServer((request, response) => {
    if (request.url === '/healthz') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}')
      return
    }
    if (isApi(request.url)) {
      stamp(request, portal)
      proxy.web(request, response)
      return
    }
    addForwardedFor(request)
    setPageHeaders(request, response, { production: config.mode === 'production', dev })
    handlePage(request, response).catch((error: unknown) => {
      log.error({ err: error, url: request.url }, 'a page failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', (error) => log.debug({ reason: error.message }, 'a socket ended'))
    if (isApi(request.url)) {
      stamp(request, portal)
      proxy.ws(request, socket, head)
    } else if (handleUpgrade) {
      handleUpgrade(request, socket, head).catch((error: unknown) => log.warn({ err: error }, 'an upgrade failed'))
    } else socket.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  log.info({ portal, port, api: config.apiUrl }, 'portal ready')
  return {
    port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        proxy.close()
      }),
  }
}
