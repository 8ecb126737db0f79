// New firms for tests, and their mails as a superadmin reads them in the demo's folder.
import type { APIRequestContext, Page } from '@playwright/test'
import { generate } from 'otplib'
import { demoPassword, expect, urls } from './platform.ts'

export interface NewFirm {
  firm: string
  name: string
  email: string
  password: string
}

let firms = 0
/** A firm that no other test has. */
export function newFirm(label: string): NewFirm {
  const mark = `${Date.now().toString(36)}-${firms++}`
  const password = `A-good-password-${mark}`
  return {
    firm: `${label} ${mark}`,
    name: 'Robin Example',
    email: `robin-${mark}@${label.toLowerCase()}.test`,
    password,
  }
}

/** A bearer token for the API itself. */
export async function tokenOf(
  request: APIRequestContext,
  { email, password = demoPassword, portal }: { email: string; password?: string; portal: 'dashboard' | 'manage' },
): Promise<string> {
  const response = await request.post(`${urls.api}/auth/v1/login`, {
    headers: { 'x-client': 'api', 'x-throughline-portal': portal },
    data: { email, password },
  })
  expect(response.status()).toBe(200)
  return (await response.json()).accessToken
}

const linkIn = (text: string): string => text.match(/https?:\S+#token=\S+/)?.[0] ?? ''

/** The link of the newest mail to somebody that has this subject, once it has come. */
export async function mailedLink(
  request: APIRequestContext,
  { to, subject }: { to: string; subject: RegExp },
): Promise<string> {
  const authorization = `Bearer ${await tokenOf(request, { email: 'superadmin@throughline.test', portal: 'manage' })}`
  const read = async (path: string) =>
    (await request.get(`${urls.api}/admin/v1${path}`, { headers: { authorization } })).json()
  let link = ''
  await expect
    .poll(async () => {
      const { data }: { data: { id: string; to: string; subject: string }[] } = await read('/mails?limit=50')
      const mail = data.find((each) => each.to === to && subject.test(each.subject))
      link = mail ? linkIn((await read(`/mails/${mail.id}`)).text) : ''
      return link
    })
    .not.toBe('')
  return link
}

/** The path and token of a link, at the portal that the tests use. */
export const here = (link: string): string => {
  const { pathname, hash } = new URL(link)
  return `${urls.dashboard}${pathname}${hash}`
}

/** Registers a firm through the pages, and confirms its address by the link of the mail. */
export async function registerFirm(page: Page, { firm, name, email, password }: NewFirm): Promise<void> {
  await page.goto(`${urls.dashboard}/login`)
  await page.getByRole('link', { name: 'Create a firm' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Create a firm' })).toBeVisible()
  await page.getByLabel('Firm').fill(firm)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create the firm' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeVisible()
  await page.goto(here(await mailedLink(page.request, { to: email, subject: /confirm/i })))
  await page.getByRole('button', { name: 'Confirm this address' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Your address is confirmed' })).toBeVisible()
}

/** Fills in the first step of signing in. */
export async function enterPassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const periodSeconds = 30

/**
 * The code that an authenticator shows `periods` of 30 seconds from now. Each code is good once, and a neighbour of the
 * present one is taken: so a test has two codes without a wait.
 */
export const codeOf = (secret: string, periods = 0): Promise<string> =>
  generate({ secret, epoch: Math.floor(Date.now() / 1000) + periods * periodSeconds })

/** Sets up a second factor on the page that shows it. @returns its secret and the recovery codes */
export async function setUpSecondFactor(page: Page, password: string) {
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible()
  const secret = ((await page.getByTestId('secret').textContent()) ?? '').replaceAll(' ', '')
  await page.getByLabel('Code', { exact: true }).fill(await codeOf(secret))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  const list = page.getByRole('list', { name: 'Recovery codes' })
  await expect(list.getByRole('listitem')).toHaveCount(10)
  const recoveryCodes = await list.getByRole('listitem').allTextContents()
  return { secret, recoveryCodes }
}
