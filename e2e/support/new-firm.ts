// A firm of its own for a test that shuts people out, so that those of the demo stay as they are.
import { type APIRequestContext, request } from '@playwright/test'
import { demoPassword, expect, urls } from './platform.ts'

interface MailSummary {
  id: string
  to: string
  subject: string
}

/** A superadmin at the API, without a browser. */
async function superadmin(): Promise<APIRequestContext> {
  const api = await request.newContext({ baseURL: urls.manage })
  const data = { email: 'superadmin@throughline.test', password: demoPassword }
  const answer = await api.post('/api/auth/v1/login', { data })
  expect(answer.status()).toBe(200)
  return api
}

/** The text of the newest mail to an address with this subject, once it is there. */
async function mailTo(api: APIRequestContext, to: string, subject: string): Promise<string> {
  let id: string | undefined
  await expect
    .poll(async () => {
      const { data } = (await (await api.get('/api/admin/v1/mails?limit=100')).json()) as { data: MailSummary[] }
      id = data.find((mail) => mail.to === to && mail.subject.includes(subject))?.id
      return id
    })
    .toBeDefined()
  return ((await (await api.get(`/api/admin/v1/mails/${id}`)).json()) as { text: string }).text
}

export const tokenIn = (text: string): string => /#token=([\w-]+)/.exec(text)?.[1] ?? ''

/** Registers a firm as its owner would, down to the link of the mail; the password is that of the demo. */
export async function registerFirm(tenantName: string) {
  const email = `owner-${crypto.randomUUID()}@firm.test`
  const name = `Olga ${tenantName}`
  const api = await superadmin()
  const data = { tenantName, name, email, password: demoPassword }
  expect((await api.post(`${urls.dashboard}/api/auth/v1/register`, { data })).status()).toBe(202)
  const token = tokenIn(await mailTo(api, email, 'Confirm your e-mail address'))
  expect((await api.post(`${urls.dashboard}/api/auth/v1/verify-email`, { data: { token } })).status()).toBe(204)
  await api.dispose()
  return { tenantName, name, email }
}
