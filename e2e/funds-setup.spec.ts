// A fund is set up: its terms, an investor, what the investor promises, and who else sees it at once.
import type { Page } from '@playwright/test'
import { ask, type Firm, foundFirm, tokenOf } from './support/api.ts'
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
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).press('Enter')
const dialogs = (page: Page) => page.getByRole('dialog')

test('a fund and an investor are made with the keyboard, a commitment is made and increased, and a second browser follows', async ({
  page,
  browser,
  errors,
}) => {
  test.setTimeout(120_000)
  await signIn(page, 'dashboard', firm.owner)
  await page.getByRole('link', { name: 'Funds' }).press('Enter')
  await expect(page.getByText('There is no fund yet')).toBeVisible()
  await press(page, 'New fund')
  await type(page, 'Name', 'Harbour I')
  await type(page, 'Currency', 'eur')
  await type(page, 'Vintage', '2025')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Harbour I' })).toBeVisible()
  await expect(page.getByText('Vintage 2025')).toBeVisible()
  await expect(page.getByText('Nothing has happened yet')).toBeVisible()
  const fundUrl = page.url()

  await page.goto(`${urls.dashboard}/investors`)
  await press(page, 'New investor')
  await type(page, 'Name', 'Pension Fund North')
  await type(page, 'Contacts', 'Ann Lee ann@pension.example')
  await page.getByRole('button', { name: 'Create investor' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Pension Fund North' })).toBeVisible()
  await expect(page.getByText('LP-0001')).toBeVisible()

  const other = await openAs(browser, 'dashboard', firm.owner)
  await other.page.goto(`${fundUrl}/investors`)
  await expect(other.page.getByText('Nobody has promised anything yet')).toBeVisible()

  await page.goto(`${fundUrl}/investors`)
  await press(page, 'Add commitment')
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
  await page.getByRole('link', { name: 'Pension Fund North' }).press('Enter')
  await press(page, 'Increase First close')
  await type(page, 'Amount in EUR', '250000.50')
  await type(page, 'The amount once more', '250000.50')
  await type(page, 'Reason', 'Second signature')
  await page.keyboard.press('Enter')
  await expect(dialogs(page)).toHaveCount(0)
  for (const each of [page, other.page]) {
    await expect(each.getByRole('list', { name: 'Commitments' })).toContainText('€1,250,000.50')
    await expect(each.getByRole('row').filter({ hasText: 'Second signature' })).toContainText('Commitment increased')
  }
  await press(page, 'Decrease First close')
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
