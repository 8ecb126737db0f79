// The command palette: by keyboard alone, and with a thumb on a phone.
import { AxeBuilder } from '@axe-core/playwright'
import { callApi, foundFirm, tokenOf } from './support/api.ts'
import { expect, signIn, test, urls } from './support/platform.ts'

let owner: string
test.beforeAll(async () => {
  const firm = await foundFirm()
  owner = firm.owner
  const token = await tokenOf(owner)
  const make = (path: string, body: object) => callApi(`/tenant/v1${path}`, { method: 'POST', token, body })
  expect((await make('/companies', { name: 'Müller-Lüdenscheidt', domain: 'mueller.test' })).status).toBe(201)
  expect((await make('/deals', { title: 'Harbour crane', notes: 'They want a phased offer.' })).status).toBe(201)
})

test('records are found, marked and opened without a mouse', async ({ page }) => {
  await signIn(page, 'dashboard', owner)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Search' })
  const field = palette.getByRole('combobox', { name: 'Search deals, companies, contacts, notes and content' })
  await expect(field).toBeFocused()
  await expect(palette.getByRole('group', { name: 'Recent' }).getByRole('option').first()).toBeVisible()

  await page.keyboard.type('muller')
  const company = palette.getByRole('group', { name: 'Companies' }).getByRole('option', { name: 'Müller-Lüdenscheidt' })
  await expect(company).toHaveAttribute('aria-selected', 'true')
  await expect(company.locator('mark').first()).toHaveText('Müller')
  await expect(palette.getByRole('status')).toHaveText('1 result')

  await field.fill('phased')
  const deal = palette.getByRole('group', { name: 'Deals' }).getByRole('option', { name: /Harbour crane/ })
  await expect(deal).toHaveAttribute('aria-selected', 'true')
  await expect(deal).toContainText('They want a phased offer.')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/deals\?deal=/)
  await expect(palette).toHaveCount(0)
})

test('pages and actions are there, what is misspelled is found, and Escape gives the focus back', async ({ page }) => {
  await signIn(page, 'dashboard', owner)
  const button = page.getByRole('button', { name: 'Search', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  const palette = page.getByRole('dialog', { name: 'Search' })
  await page.keyboard.type('harbuor')
  await expect(palette.getByRole('option', { name: /Harbour crane/ })).toBeVisible()
  await expect(palette.getByText('This is what was found for harbour.')).toBeVisible()
  await palette.getByRole('combobox').fill('zzzzzz')
  await expect(palette.getByText('Nothing is found for “zzzzzz”.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toHaveCount(0)
  await expect(button).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('theme dark')
  await expect(palette.getByRole('option', { name: 'Theme: Dark' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveClass(/dark/)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('imports')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${urls.dashboard}/imports`)
})

test('what the palette makes new begins in its first field, wherever one is, and is not asked for again', async ({
  page,
}) => {
  await signIn(page, 'dashboard', owner)
  for (const { kind, field, at } of [
    { kind: 'company', field: 'Name', at: '/companies' },
    { kind: 'contact', field: 'Name', at: '/contacts' },
    { kind: 'deal', field: 'Title', at: '/deals' },
    // From the page where it is already.
    { kind: 'deal', field: 'Title', at: '/deals' },
  ]) {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog', { name: 'Search' }).getByRole('combobox')).toBeFocused()
    await page.keyboard.type(`new ${kind}`)
    await expect(page.getByRole('option', { name: `New ${kind}` })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: `New ${kind}` })
    await expect(dialog.getByLabel(field, { exact: true })).toBeFocused()
    await expect(page).toHaveURL(`${urls.dashboard}${at}`)
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Deals' })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.goto(`${urls.dashboard}/companies?new=company&q=crane`)
  await expect(page.getByRole('dialog', { name: 'New company' }).getByLabel('Name')).toBeFocused()
  await page.keyboard.type('Crane Works')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row').filter({ hasText: 'Crane Works' })).toBeVisible()
  await expect(page).toHaveURL(`${urls.dashboard}/companies?q=crane`)
})

test('it fits a phone, has no serious accessibility violation, and is closed with a thumb', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 740 })
  await signIn(page, 'dashboard', owner)
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  const palette = page.getByRole('dialog', { name: 'Search' })
  await palette.getByRole('combobox').fill('harb')
  await expect(palette.getByRole('option', { name: /Harbour crane/ })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  await palette.getByRole('button', { name: 'Cancel' }).click()
  await expect(palette).toHaveCount(0)
})
