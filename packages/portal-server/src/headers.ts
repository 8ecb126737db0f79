import type { ServerResponse } from 'node:http'

export const portalHeader = 'x-throughline-portal'

/** Next puts small scripts into its pages, so inline ones are allowed; nothing comes from anywhere else. */
export const securityHeaders: Record<string, string> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws: wss:; frame-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
}

/** The API is away: the same shape as every other refusal. */
export function badGateway(response: ServerResponse): void {
  const error = { code: 'bad_gateway', message: 'The API cannot be reached at the moment.', requestId: 'none' }
  response.writeHead(502, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify({ error }))
}
