// What a superadmin does to firms and people, seen from both sides.
import type { BrowserContext, Page } from '@playwright/test'
import { registerFirm, tokenIn } from './support/new-firm.ts'
import { demoPassword, expect, openAs, signIn, test, urls } from './support/platform.ts'

const reason = 'A customer asked us to look at their pipeline.'

async function meIn(context: BrowserContext) {
  const answer = await context.request.get(`${urls.dashboard}/api/auth/v1/me`)
  return { status: answer.status(), body: await answer.json() }
}

/** Tries to sign in and reads the refusal. */
async function refusalOf(page: Page, email: string) {
  await page.goto(`${urls.dashboard}/login`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  return page.getByRole('alert').filter({ hasText: /\w/ }).first()
}

async function openMenu(page: Page, email: string, name: string): Promise<void> {
  await page.goto(`${urls.manage}/users`)
  await page.getByLabel('Search people').fill(email)
  await expect(page).toHaveURL(/q=/)
  await expect(page.getByRole('row').filter({ hasText: email })).toHaveCount(1)
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
}

test('suspending a firm signs its people out in another browser and refuses them until it is reactivated', async ({
  page,
  browser,
}) => {
  const firm = await registerFirm('Suspended Partners')
  const owner = await openAs(browser, 'dashboard', firm.email)
  const { body: me } = await meIn(owner.page.context())

  await signIn(page, 'manage', 'superadmin@throughline.test')
  await page.goto(`${urls.manage}/tenants?tenant=${me.tenant.id}`)
  const sheet = page.getByRole('dialog', { name: firm.tenantName })
  await sheet.getByRole('button', { name: 'Suspend firm' }).click()
  const ask = page.getByRole('dialog', { name: `Suspend ${firm.tenantName}?` })
  await expect(ask.getByText('signed out within seconds')).toBeVisible()
  await expect(ask.getByRole('button', { name: 'Suspend firm' })).toBeDisabled()
  await ask.getByLabel('Reason').fill('The invoice of March is open.')
  await ask.getByRole('button', { name: 'Suspend firm' }).click()
  await expect(sheet.getByText('Suspended', { exact: true })).toBeVisible()

  await expect.poll(async () => (await meIn(owner.page.context())).status).toBe(401)
  await expect(owner.page).toHaveURL(/\/login/)
  await expect(await refusalOf(owner.page, firm.email)).toContainText('Your firm is suspended at the moment')

  await sheet.getByRole('button', { name: 'Reactivate firm' }).click()
  await page
    .getByRole('dialog', { name: `Reactivate ${firm.tenantName}?` })
    .getByRole('button', { name: 'Reactivate firm' })
    .click()
  await expect(sheet.getByText('Active', { exact: true })).toBeVisible()
  await signIn(owner.page, 'dashboard', firm.email)
  await owner.close()
})

test('acting as a member opens their firm for a reason, keeps identity shut, and names both', async ({
  page,
  browser,
}) => {
  const firm = await registerFirm('Helped Holdings')
  // What the new tab does is the dashboard's; here it is whether it would be opened, and what its link is good for.
  await page.addInitScript(() => {
    window.open = (...given) => {
      document.documentElement.dataset.opened = given.join(' ')
      return null
    }
  })
  await signIn(page, 'manage', 'superadmin@throughline.test')
  await openMenu(page, firm.email, firm.name)
  await page.getByRole('menuitem', { name: `Act as ${firm.name}` }).click()
  const dialog = page.getByRole('dialog', { name: `Act as ${firm.name}` })
  await expect(dialog.getByText('after 30 minutes')).toBeVisible()
  const start = dialog.getByRole('button', { name: `Act as ${firm.name}` })
  await dialog.getByLabel('Reason').fill('too short')
  await expect(start).toBeDisabled()
  await dialog.getByLabel('Reason').fill(reason)
  await start.click()
  const link = dialog.getByRole('link', { name: `Open as ${firm.name}` })
  const href = (await link.getAttribute('href')) ?? ''
  expect(href).toContain(`${urls.dashboard}/impersonate#token=`)
  await expect(page.locator('html')).toHaveAttribute('data-opened', `${href} _blank noopener`)

  const tab = await browser.newContext()
  const call = (path: string) => `${urls.dashboard}/api${path}`
  const entered = await tab.request.post(call('/auth/v1/impersonate'), { data: { token: tokenIn(href) } })
  expect(entered.status()).toBe(200)
  const again = await tab.request.post(call('/auth/v1/impersonate'), { data: { token: tokenIn(href) } })
  expect(again.status()).toBe(410)
  const { body: me } = await meIn(tab)
  expect(me).toMatchObject({ email: firm.email, impersonation: { reason } })

  const change = await tab.request.patch(call(`/tenant/v1/members/${me.id}`), { data: { role: 'admin' } })
  expect(change.status()).toBe(403)
  expect((await change.json()).error.code).toBe('impersonation_refused')
  const { version } = await (await tab.request.get(call('/tenant/v1/settings'))).json()
  const headers = { 'if-match': `"${version}"` }
  const settings = await tab.request.patch(call('/tenant/v1/settings'), { data: { brandVoice: 'Calm.' }, headers })
  expect(settings.status()).toBe(200)
  const { data: entries } = await (await tab.request.get(call('/tenant/v1/audit'))).json()
  expect(entries).toContainEqual(
    expect.objectContaining({
      action: 'settings.updated',
      actorName: firm.name,
      impersonatorName: 'Throughline support',
    }),
  )
  expect(entries).toContainEqual(
    expect.objectContaining({ action: 'impersonation.started', after: expect.objectContaining({ reason }) }),
  )
  await tab.close()

  await page.goto(`${urls.manage}/audit?tenant=${me.tenant.id}&action=settings.updated`)
  const row = page.getByRole('row').filter({ hasText: 'Impersonated' })
  await expect(row).toContainText(`${me.impersonation.by} as ${firm.name}`)
  await row.getByRole('button', { name: 'Settings updated' }).click()
  const entry = page.getByRole('dialog', { name: 'Settings updated' })
  await expect(entry.locator('ins').filter({ hasText: 'Calm.' })).toBeVisible()
  await entry.getByRole('button', { name: `All by ${firm.name}` }).click()
  await expect(page).toHaveURL(new RegExp(`person=${me.id}`))
  await expect(page.getByRole('button', { name: 'Email verified' })).toBeVisible()
})

test('disabling a person signs them out and refuses them until they are enabled', async ({ page, browser }) => {
  const firm = await registerFirm('Locked Limited')
  const owner = await openAs(browser, 'dashboard', firm.email)
  await signIn(page, 'manage', 'superadmin@throughline.test')
  await openMenu(page, firm.email, firm.name)
  await page.getByRole('menuitem', { name: 'Disable' }).click()
  const ask = page.getByRole('dialog', { name: `Disable ${firm.name}?` })
  await ask.getByLabel('Reason').fill('They left the firm.')
  await ask.getByRole('button', { name: 'Disable person' }).click()
  const row = page.getByRole('row').filter({ hasText: firm.email })
  await expect(row.getByText('Disabled')).toBeVisible()
  await expect.poll(async () => (await meIn(owner.page.context())).status).toBe(401)
  // Led there by itself; going there at the same moment would be two journeys at once.
  await expect(owner.page).toHaveURL(/\/login/)
  await owner.page.context().clearCookies()
  await expect(await refusalOf(owner.page, firm.email)).toContainText('E-mail or password is not right')

  await page.getByRole('button', { name: `Actions for ${firm.name}` }).click()
  await expect(page.getByRole('menuitem', { name: 'Act as' })).toHaveCount(0)
  await page.getByRole('menuitem', { name: 'Enable' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Enable person' }).click()
  await expect(row.getByText('Active')).toBeVisible()
  await signIn(owner.page, 'dashboard', firm.email)
  await owner.close()
})

test('a mail of the demo opens as it looks, where nothing runs, and as text with its link', async ({ page }) => {
  const firm = await registerFirm('Forgetful Funds')
  const data = { email: firm.email }
  const asked = await page.request.post(`${urls.dashboard}/api/auth/v1/password/forgot`, { data })
  expect(asked.status()).toBe(202)
  await signIn(page, 'manage', 'superadmin@throughline.test')
  await page.getByRole('link', { name: 'Mail', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: firm.email })
  await row.getByRole('link', { name: 'Choose a new password' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Choose a new password' })).toBeVisible()
  await expect(page.getByText(`To ${firm.email}`)).toBeVisible()
  const frame = page.getByTitle('The mail as it looks')
  await expect(frame).toHaveAttribute('sandbox', '')
  const link = page.getByRole('region', { name: 'As text' }).getByRole('link')
  await expect(link).toHaveAttribute('href', new RegExp(`^${urls.dashboard}/reset-password#token=[\\w-]{20,}$`))
})
