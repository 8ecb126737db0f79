// A fund is set up: its terms, an investor, what the investor promises, and who else sees it at once.
import type { Page } from '@playwright/test'
import { ask, type Firm, foundFirm, tokenOf } from './support/api.ts'
import { press, pressButton } from './support/keys.ts'
import { openLooks } from './support/looks.ts'
import { expect, onlyRefusals, openAs, signIn, test, urls } from './support/platform.ts'

let firm: Firm
test.beforeAll(async () => {
  firm = await foundFirm()
})

/** Into a field that has the focus, or is given it as by Tab. */
async function type(page: Page, label: string, text: string) {
  await page.getByRole('dialog').getByLabel(label, { exact: true }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}
const dialogs = (page: Page) => page.getByRole('dialog')

test('a fund and an investor are made with the keyboard, a commitment is made and increased, and a second browser follows', async ({
  page,
  browser,
  errors,
}) => {
  test.setTimeout(120_000)
  await signIn(page, 'dashboard', firm.owner)
  await press(page.getByRole('link', { name: 'Funds' }))
  await expect(page.getByText('There is no fund yet')).toBeVisible()
  await pressButton(page, 'New fund')
  await type(page, 'Name', 'Harbour I')
  await type(page, 'Currency', 'eur')
  await type(page, 'Vintage', '2025')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Harbour I' })).toBeVisible()
  await expect(page.getByText('Vintage 2025')).toBeVisible()
  await expect(page.getByText('Nothing has happened yet')).toBeVisible()
  const fundUrl = page.url()

  await page.goto(`${urls.dashboard}/investors`)
  await pressButton(page, 'New investor')
  await type(page, 'Name', 'Pension Fund North')
  await type(page, 'Contacts', 'Ann Lee ann@pension.example')
  await press(page.getByRole('button', { name: 'Create investor' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Pension Fund North' })).toBeVisible()
  await expect(page.getByText('LP-0001')).toBeVisible()

  const other = await openAs(browser, 'dashboard', firm.owner)
  await other.page.goto(`${fundUrl}/investors`)
  await expect(other.page.getByText('Nobody has promised anything yet')).toBeVisible()

  await page.goto(`${fundUrl}/investors`)
  await pressButton(page, 'Add commitment')
  await type(page, 'Investor', 'Pension')
  await expect(dialogs(page).getByRole('option', { name: /Pension Fund North/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await type(page, 'Amount in EUR', '1000000')
  await type(page, 'The amount once more', '100000')
  await page.keyboard.press('Enter')
  await expect(page.getByText('This is not the amount above.')).toBeVisible()
  await type(page, 'The amount once more', '1000000.00')
  await page.keyboard.press('Enter')
  await expect(dialogs(page)).toHaveCount(0)
  for (const each of [page, other.page])
    await expect(each.getByRole('row').filter({ hasText: 'Pension Fund North' })).toContainText('€1,000,000')

  await other.page.getByRole('link', { name: 'Pension Fund North' }).click()
  await expect(other.page.getByRole('list', { name: 'Commitments' })).toContainText('€1,000,000')
  await press(page.getByRole('link', { name: 'Pension Fund North' }))
  await pressButton(page, 'Increase First close')
  await type(page, 'Amount in EUR', '250000.50')
  await type(page, 'The amount once more', '250000.50')
  await type(page, 'Reason', 'Second signature')
  await page.keyboard.press('Enter')
  await expect(dialogs(page)).toHaveCount(0)
  for (const each of [page, other.page]) {
    await expect(each.getByRole('list', { name: 'Commitments' })).toContainText('€1,250,000.50')
    await expect(each.getByRole('row').filter({ hasText: 'Second signature' })).toContainText('Commitment increased')
  }
  await pressButton(page, 'Decrease First close')
  await type(page, 'Amount in EUR', '2000000')
  await type(page, 'The amount once more', '2000000')
  await type(page, 'Reason', 'Too much')
  await page.keyboard.press('Enter')
  await expect(dialogs(page).getByRole('alert')).toContainText('no more can be taken')
  await page.keyboard.press('Escape')
  await expect(dialogs(page)).toHaveCount(0)
  onlyRefusals(errors, 422)
  expect(other.errors).toEqual([])
  await other.close()
})

test('fee steps and holidays are rows that come and go by keys, and each says what is wrong with it', async ({
  page,
  errors,
}) => {
  test.setTimeout(120_000)
  const token = await tokenOf(firm.owner)
  const body = { name: 'Terms I', legalName: 'Terms I', currency: 'EUR', timeZone: 'Europe/Berlin', vintage: 2025 }
  const { id } = await ask<{ id: string }>('/tenant/v1/funds', { method: 'POST', token, body })
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(`${urls.dashboard}/funds/${id}/terms`)
  const step = (number: number) => page.getByRole('group', { name: `fee step ${number}` })
  const holiday = (number: number) => page.getByRole('group', { name: `holiday ${number}` })
  await expect(page.getByText('The fund charges no management fee.')).toBeVisible()
  await pressButton(page, 'Add a fee step')
  await expect(step(1).getByLabel('From', { exact: true })).toBeFocused()
  await step(1).getByLabel('From', { exact: true }).fill('2025-01-01')
  await step(1).getByLabel('% a year', { exact: true }).fill('two')
  await pressButton(page, 'Add a holiday')
  await expect(holiday(1).getByLabel('Day', { exact: true })).toBeFocused()
  await holiday(1).getByLabel('Name', { exact: true }).fill('Christmas')
  await pressButton(page, 'Save terms')
  await expect(step(1).getByText('must be a percentage like 12.5')).toBeVisible()
  await expect(step(1).getByLabel('% a year', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expect(holiday(1).getByText('must be a day')).toBeVisible()
  await expect(page.getByText('Not saved: 2 fields above need another look.')).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('terms-wrong.png'), fullPage: true })
  await step(1).getByLabel('% a year', { exact: true }).fill('2')
  await holiday(1).getByLabel('Day', { exact: true }).fill('2026-12-25')
  await pressButton(page, 'Add a fee step')
  await step(2).getByLabel('From', { exact: true }).fill('2030-01-01')
  await step(2).getByLabel('% a year', { exact: true }).fill('1.5')
  await step(2).getByLabel('Of', { exact: true }).selectOption('Invested cost')
  await pressButton(page, 'Save terms')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(step(2).getByLabel('Of', { exact: true })).toHaveValue('invested_cost')
  await expect(holiday(1).getByLabel('Name', { exact: true })).toHaveValue('Christmas')
  await pressButton(page, 'Remove fee step 1')
  await expect(page.getByRole('button', { name: 'Add a fee step' })).toBeFocused()
  await expect(step(1).getByLabel('% a year', { exact: true })).toHaveValue('1.5')
  await pressButton(page, 'Save terms')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(step(1).getByLabel('From', { exact: true })).toHaveValue('2030-01-01')
  await expect(step(2)).toHaveCount(0)
  expect(errors).toEqual([])
})

test('the pages of a fund have no accessibility violation, in both themes, on a desk and on a phone', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const token = await tokenOf(firm.owner)
  const post = (path: string, body: object) => ask<{ id: string }>(path, { method: 'POST', token, body })
  const fund = await post('/tenant/v1/funds', {
    ...{ name: 'Looked at', legalName: 'Looked at SCSp', currency: 'USD', timeZone: 'America/New_York', vintage: 2024 },
  })
  const investor = await post('/tenant/v1/investors', { name: 'Somebody with a rather long name', kind: 'PERSON' })
  await post(`/tenant/v1/funds/${fund.id}/commitments`, {
    ...{ investorId: investor.id, closeName: 'First close', closeDate: '2024-02-29', amount: '12345678.90' },
  })
  const { page, found, open, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  const base = `${urls.dashboard}/funds/${fund.id}`
  for (const path of ['', '/investors', `/investors/${investor.id}`, '/terms']) {
    await open(`${base}${path}`)
    await expect(page.getByRole('heading', { level: 1, name: 'Looked at' })).toBeVisible()
    await look(`/funds/…${path}`)
    await page.screenshot({
      path: test.info().outputPath(`fund${path.replaceAll('/', '-').slice(0, 20)}.png`),
      fullPage: true,
    })
    await page.setViewportSize({ width: 375, height: 740 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({
      path: test.info().outputPath(`fund${path.replaceAll('/', '-').slice(0, 20)}-phone.png`),
      fullPage: true,
    })
  }
  await open(`${urls.dashboard}/investors/${investor.id}`)
  await look('/investors/…')
  await open(`${base}/investors`)
  await page.getByRole('button', { name: 'Add commitment' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('a new commitment')
  await close()
  expect(found).toEqual([])
})
