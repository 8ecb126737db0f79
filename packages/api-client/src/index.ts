// The API as TypeScript, for mobile clients and integrations. Its types are made of docs/openapi.json.
import createClient, { type Client, type Middleware } from 'openapi-fetch'
import type { paths } from './schema.d.ts'

export type { paths }
export type ThroughlineClient = Client<paths>

export interface ClientOptions {
  /** Where the API is, e.g. https://api.example.com */
  baseUrl: string
  /** Asked before every call, so that a renewed token is used at once. */
  accessToken(): string | undefined
}

/** Every change gets a key of its own; give one yourself to repeat a call safely. */
const withKey = (accessToken: ClientOptions['accessToken']): Middleware => ({
  onRequest({ request }) {
    const token = accessToken()
    if (token) request.headers.set('authorization', `Bearer ${token}`)
    if (request.method !== 'GET' && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', crypto.randomUUID())
    return request
  },
})

/** A typed client that signs its calls. */
export function createApiClient({ baseUrl, accessToken }: ClientOptions): ThroughlineClient {
  const client = createClient<paths>({ baseUrl })
  client.use(withKey(accessToken))
  return client
}
