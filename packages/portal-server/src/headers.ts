import type { ServerResponse } from 'node:http'

export const portalHeader = 'x-throughline-portal'

/** The API is away: the same shape as every other refusal. */
export function badGateway(response: ServerResponse): void {
  const error = { code: 'bad_gateway', message: 'The API cannot be reached at the moment.', requestId: 'none' }
  response.writeHead(502, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify({ error }))
}
