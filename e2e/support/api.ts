// The API as a client without a browser sees it, and a firm that a test can turn upside down.
import { demoPassword, expect, type Portal, urls } from './platform.ts'

interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT'
  token?: string
  portal?: Portal
  body?: object
}

/** Asks the API itself, past the portals. */
export const callApi = (path: string, { method = 'GET', token, portal = 'dashboard', body }: Call = {}) =>
  fetch(`${urls.api}${path}`, {
    method,
    headers: {
      'x-client': 'api',
      'x-throughline-portal': portal,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } : {}),
    },
    body: body && JSON.stringify(body),
  })

async function done(path: string, call: Call): Promise<unknown> {
  const response = await callApi(path, call)
  expect(response.ok, `${path} answered ${response.status}`).toBe(true)
  return response.status === 204 ? undefined : response.json().catch(() => undefined)
}

/** @returns an access token */
export async function tokenOf(email: string, portal: Portal = 'dashboard'): Promise<string> {
  const call: Call = { method: 'POST', portal, body: { email, password: demoPassword } }
  return ((await done('/auth/v1/login', call)) as { accessToken: string }).accessToken
}

/** What an API call answers, when it went well. */
export const ask = async <T>(path: string, call: Call): Promise<T> => (await done(path, call)) as T

interface MailSummary {
  id: string
  to: string
}

/** The token in the newest mail to an address, once it has come. */
export async function mailedToken(email: string): Promise<string> {
  const token = await tokenOf('superadmin@throughline.test', 'manage')
  const find = async () => {
    const { data } = (await done('/admin/v1/mails?limit=50', { token, portal: 'manage' })) as { data: MailSummary[] }
    return data.find(({ to }) => to.includes(email))?.id
  }
  await expect.poll(find, { message: `a mail to ${email}`, timeout: 30_000 }).toBeTruthy()
  const mail = (await done(`/admin/v1/mails/${await find()}`, { token, portal: 'manage' })) as { text: string }
  const [, found = ''] = mail.text.match(/#token=([\w-]+)/) ?? []
  return found
}

const unique = () => `${Date.now().toString(36)}${Math.floor(Math.random() * 1e4)}`

export interface Firm {
  name: string
  owner: string
}

/** A firm of its own, so that nobody else of the demo is signed out or asked for a second factor. */
export async function foundFirm(): Promise<Firm> {
  const mark = unique()
  const firm = { name: `Firm ${mark}`, owner: `owner-${mark}@firm.test` }
  const body = { tenantName: firm.name, name: 'Frida Owner', email: firm.owner, password: demoPassword }
  await done('/auth/v1/register', { method: 'POST', body })
  await done('/auth/v1/verify-email', { method: 'POST', body: { token: await mailedToken(firm.owner) } })
  return firm
}

/** Accepts an invitation that was mailed to somebody who has no account. */
export const accept = async (email: string, name: string): Promise<unknown> =>
  done('/auth/v1/invitations/accept', {
    method: 'POST',
    body: { token: await mailedToken(email), name, password: demoPassword },
  })

/** Somebody new in the firm. @returns their address */
export async function join(firm: Firm, role: 'admin' | 'member' | 'viewer', name: string): Promise<string> {
  const email = `${role}-${unique()}@firm.test`
  const token = await tokenOf(firm.owner)
  await done('/tenant/v1/invitations', { method: 'POST', token, body: { email, role } })
  await accept(email, name)
  return email
}
