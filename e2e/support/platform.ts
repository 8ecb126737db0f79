// The running platform, as `npm test` started it (scripts/test.mjs), and the people of the demo.
import { type Browser, test as base, expect, type Page } from '@playwright/test'

function address(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run npm run test:e2e`)
  return value
}

export const urls = {
  dashboard: address('E2E_DASHBOARD_URL'),
  dm: address('E2E_DM_URL'),
  manage: address('E2E_MANAGE_URL'),
  api: address('E2E_API_URL'),
}
export type Portal = Exclude<keyof typeof urls, 'api'>

export const demoPassword = 'Throughline-demo-1'

const firstHeading = { dashboard: 'Pipeline', dm: 'Review queue', manage: 'Overview' } as const

// Playwright tries scripts of its own in every frame, and a frame in which nothing may run says so, now and then
// (microsoft/playwright#33343). No page of ours is at that address.
const isSandboxAgainstPlaywright = (text: string, url: string) =>
  url === 'about:srcdoc' && text.startsWith('Blocked script execution')

/** Every error that a page logs or throws fails the test that saw it. */
export function watchForErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    const { url } = message.location()
    if (message.type() === 'error' && !isSandboxAgainstPlaywright(message.text(), url))
      errors.push(`${message.text()} (${url})`)
  })
  page.on('pageerror', (error) => errors.push(error.message))
  return errors
}

/** Signs in through the form, as a person would. */
export async function signIn(page: Page, portal: Portal, email: string): Promise<void> {
  await page.goto(`${urls[portal]}/login`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: firstHeading[portal] })).toBeVisible()
}

/** Signs out by the menu, as a person would. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

/** A second person in a browser of their own. */
export async function openAs(browser: Browser, portal: Portal, email: string) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const errors = watchForErrors(page)
  await signIn(page, portal, email)
  return { page, errors, close: () => context.close() }
}

/** A refusal that a test meant to see is in the console as well; everything else there is an error. */
export function onlyRefusals(errors: string[], ...statuses: number[]): void {
  expect(errors.filter((error) => !statuses.some((status) => error.includes(`status of ${status}`)))).toEqual([])
  errors.length = 0
}

export const test = base.extend<{ errors: string[] }>({
  errors: [
    async ({ page }, use) => {
      const errors = watchForErrors(page)
      await use(errors)
      expect(errors, 'errors in the browser console').toEqual([])
    },
    { auto: true },
  ],
})
export { expect }
