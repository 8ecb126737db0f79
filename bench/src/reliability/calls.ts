// A client that goes on asking until it has an answer, as the mobile app and a careful integration do.
import http from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { TenantRole } from '@throughline/contracts'
import { type TestTenant, testPassword } from '@throughline/testing'
import { signIn } from '../sign-in.ts'

export interface Call {
  token: string
  path: string
  /** None: it is read. */
  body?: object
  /** None: the request is recognised by its content for ten seconds. */
  key?: string
}

export interface Answer {
  status: number
  text: string
  replayed: boolean
  /** How often the client had to ask. */
  asked: number
}

/** What says "not now"; anything else is an answer, a conflict with what was done before included. */
const isPassing = ({ status, text }: Pick<Answer, 'status' | 'text'>): boolean =>
  status === 429 || status >= 500 || (status === 409 && text.includes('"request_in_progress"'))
const pauseMs = 50
const patienceMs = 120_000

const headersOf = ({ token, body, key }: Call): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  ...(body ? { 'content-type': 'application/json' } : {}),
  ...(key ? { 'idempotency-key': key } : {}),
})

/** @throws TypeError when the connection broke */
async function send(url: string, call: Call): Promise<Omit<Answer, 'asked'>> {
  const response = await fetch(`${url}${call.path}`, {
    method: call.body ? 'POST' : 'GET',
    headers: headersOf(call),
    body: call.body && JSON.stringify(call.body),
    signal: AbortSignal.timeout(30_000),
  })
  const replayed = response.headers.get('idempotency-replayed') === 'true'
  return { status: response.status, text: await response.text(), replayed }
}

/**
 * Asks until there is an answer, over broken connections and servers that are gone.
 * @param to read anew each time: a balancer would send the next one elsewhere
 * @throws Error when there never is an answer
 */
export async function ask(to: { url: string }, call: Call): Promise<Answer> {
  const giveUpAt = Date.now() + patienceMs
  let last = 'nothing'
  for (let asked = 1; Date.now() < giveUpAt; asked++) {
    try {
      const answer = await send(to.url, call)
      if (!isPassing(answer)) return { ...answer, asked }
      last = `${answer.status} ${answer.text}`
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await setTimeout(pauseMs)
  }
  throw new Error(`no answer to ${call.path} within ${patienceMs / 1000} s: ${last}`)
}

/** Sends the request whole and tears the connection down `afterMs` later, whatever came back. */
export function askAndHangUp(to: { url: string }, call: Call, afterMs: number): Promise<void> {
  return new Promise((resolve) => {
    const request = http.request(`${to.url}${call.path}`, { method: 'POST', agent: false, headers: headersOf(call) })
    // What a torn connection says of itself, on our side, is what we wanted.
    request.on('error', () => undefined)
    request.on('close', () => resolve())
    request.on('response', (response) => response.resume())
    request.end(JSON.stringify(call.body), () => void setTimeout(afterMs).then(() => request.destroy()))
  })
}

export const signInAs = (api: { url: string }, tenant: TestTenant, role: TenantRole = 'manager'): Promise<string> =>
  signIn(api, { email: tenant.members[role].email, password: testPassword })
