// The one way to the API: same origin, cookies that no script can read, one renewal of the session at a time.
import type * as z from 'zod'
import { ApiError, isRefusal, readRefusal } from './api-error.ts'

export interface ApiRequest<T> {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Sent as JSON, or as it is when it is a form. */
  body?: object
  /** What comes back; without it nothing is expected. */
  schema?: z.ZodType<T>
  signal?: AbortSignal
  /** The version that an edit was made on. */
  ifMatch?: number
  /** One key for all tries of one wish; made here when it is not given. */
  idempotencyKey?: string
}

const renewalLock = 'throughline-session'
let renewal: Promise<boolean> | undefined

/**
 * One renewal for all tabs: whoever comes second finds it done.
 * @returns whether there is a session
 */
export function renewSession(): Promise<boolean> {
  renewal ??= navigator.locks
    .request(renewalLock, () => fetch('/api/auth/v1/refresh', { method: 'POST', credentials: 'same-origin' }))
    .then((response) => response.ok)
    .finally(() => {
      renewal = undefined
    })
  return renewal
}

function initOf({ method = 'GET', body, signal, ifMatch, idempotencyKey }: ApiRequest<unknown>): RequestInit {
  const headers = new Headers({ accept: 'application/json' })
  const isForm = body instanceof FormData
  if (body && !isForm) headers.set('content-type', 'application/json')
  if (method !== 'GET') headers.set('idempotency-key', idempotencyKey ?? crypto.randomUUID())
  if (ifMatch !== undefined) headers.set('if-match', `"${ifMatch}"`)
  return { method, headers, signal, credentials: 'same-origin', body: isForm ? body : body && JSON.stringify(body) }
}

/**
 * A wrong password or code is 401 as well; renewing the session and trying again would only guess twice. A token that
 * was made before the second factor was set up says that it is missing; a new one knows better.
 */
async function mayHelpToRenew(response: Response): Promise<boolean> {
  if (response.status !== 401 && response.status !== 403) return false
  const refusal = await readRefusal(response.clone())
  return isRefusal(refusal, 'unauthenticated', 'session_expired', 'second_factor_enrolment_required')
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`/api${path}`, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError({
      code: 'unreachable',
      message: 'The server cannot be reached. Check your connection.',
      status: 0,
    })
  }
}

/**
 * Asks the API at `path` (from the root of its namespaces, e.g. `/tenant/v1/deals`).
 * @throws ApiError
 */
export async function apiFetch<T = undefined>(path: string, request: ApiRequest<T> = {}): Promise<T> {
  const init = initOf(request)
  let response = await reach(path, init)
  if ((await mayHelpToRenew(response)) && (await renewSession())) response = await reach(path, init)
  if (!response.ok) throw await readRefusal(response)
  if (!request.schema || response.status === 204) return undefined as T
  return request.schema.parse(await response.json())
}

/** Parameters as a query string: arrays repeat, what is empty is left out. */
export function queryString(
  parameters: Record<string, string | number | readonly string[] | null | undefined>,
): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === null || value === '') continue
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, String(each))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
