// What a fund is worth and sends back: marked, struck, explained, declared and paid by two people.
import type { Page } from '@playwright/test'
import { ask } from './support/api.ts'
import { toast } from './support/desk.ts'
import { type FundDesk, fundWithCall } from './support/fund.ts'
import { openLooks } from './support/looks.ts'
import { expect, openAs, signIn, test, urls } from './support/platform.ts'

interface List {
  data: { id: string }[]
}

const today = () => new Date().toISOString().slice(0, 10)
const fundPage = (fundId: string, section = '') => `${urls.dashboard}/funds/${fundId}${section}`

/** Both investors have paid their lines, and a deal was won. */
async function fundWithCash(): Promise<FundDesk> {
  const desk = await fundWithCall()
  const { token, fundId } = desk
  const get = (path: string) => ask<List>(`/tenant/v1${path}`, { token })
  const [call] = (await get(`/funds/${fundId}/capital-calls`)).data
  const { data: lines } = await get(`/capital-calls/${call?.id}/lines`)
  for (const { id } of lines) {
    const body = {
      bankReference: `B-${id}`,
      account: 'DE02',
      valueDate: today(),
      amount: '50000.00',
      currency: 'EUR',
      to: { lineId: id },
    }
    await ask(`/tenant/v1/funds/${fundId}/payments`, { method: 'POST', token, body })
  }
  const deal = await ask<{ id: string }>('/tenant/v1/deals', {
    method: 'POST',
    token,
    body: { title: 'Northwind', value: '60000.00' },
  })
  for (const stage of ['QUALIFIED', 'NEGOTIATION', 'CLOSED_WON'])
    await ask(`/tenant/v1/deals/${deal.id}/move`, { method: 'POST', token, body: { stage } })
  const booking = { kind: 'investment', dealId: deal.id, on: today(), amount: '60000.00' }
  await ask(`/tenant/v1/funds/${fundId}/bookings`, { method: 'POST', token, body: booking })
  return desk
}

const figure = (page: Page, label: RegExp) =>
  page.getByRole('list', { name: 'Figures' }).getByRole('button', { name: label })

test('a mark changes what the fund is worth, and the figure opens its entries', async ({ page }) => {
  test.setTimeout(240_000)
  const { firm, fundId } = await fundWithCash()
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(fundPage(fundId))
  await expect(figure(page, /^NAV/)).toContainText('€100,000')

  await page.goto(fundPage(fundId, '/valuation'))
  await page.getByRole('button', { name: 'Mark Northwind' }).click()
  const dialog = page.getByRole('dialog', { name: 'Mark Northwind' })
  await dialog.getByLabel('Value').fill('75000.00')
  await dialog.getByLabel('Reason').fill('Last round')
  await expect(dialog.getByRole('button', { name: 'Mark', exact: true })).toBeDisabled()
  await dialog.getByLabel('Type 75000.00 to confirm').fill('75000.00')
  await dialog.getByRole('button', { name: 'Mark', exact: true }).click()
  await expect(toast(page, 'The holding is marked')).toBeVisible()
  await page.getByRole('button', { name: 'Strike NAV' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Strike NAV' }).click()
  await expect(toast(page, 'The NAV is struck')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Net asset values' })).toContainText('€115,000')
  await page.screenshot({ path: test.info().outputPath('valuation.png'), fullPage: true })

  await page.goto(fundPage(fundId))
  await expect(figure(page, /^NAV/)).toContainText('€115,000')
  await figure(page, /^NAV/).click()
  await expect(page.getByRole('list', { name: 'Entries of NAV' })).toContainText('Investment valued')
  await expect(page.getByRole('list', { name: 'Entries of NAV' })).toContainText('€15,000')
  await page.screenshot({ path: test.info().outputPath('figures.png'), fullPage: true })
})

test('a distribution is written by one person, approved by another, declared and paid', async ({ page, browser }) => {
  test.setTimeout(240_000)
  const { firm, second, fundId } = await fundWithCash()
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(fundPage(fundId, '/distributions'))
  await page.getByRole('button', { name: 'New distribution' }).click()
  const draft = page.getByRole('dialog', { name: 'New distribution' })
  await draft.getByLabel('Title').fill('First proceeds')
  await draft.getByLabel('Day').fill(today())
  await draft.getByLabel('Return of capital', { exact: true }).fill('10000')
  await draft.getByLabel('Gain').fill('0.01')
  await draft.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByRole('heading', { name: /First proceeds/ })).toBeVisible()
  await page.getByRole('button', { name: 'Submit for approval' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Submit for approval' }).click()
  await expect(page.getByText('Somebody else has to approve it.')).toBeVisible()

  const other = await openAs(browser, 'dashboard', second)
  await other.page.goto(page.url())
  await act(other.page, 'Approve', '10000.01')
  await expect(page.getByRole('button', { name: 'Declare' })).toBeVisible()
  await act(page, 'Declare', '10000.01')
  await act(page, 'Pay', '10000.01')
  await expect(page.getByRole('heading', { name: /First proceeds/ })).toContainText('Paid')
  await page.goto(fundPage(fundId, '/books'))
  await expect(page.getByRole('region', { name: 'Entries' }).last()).toContainText('Distribution paid')
  expect(other.errors).toEqual([])
  await other.close()
})

/** Does a step whose amount has to be typed. */
async function act(page: Page, name: string, amount: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(`Type ${amount} to confirm`).fill(amount)
  await dialog.getByRole('button', { name, exact: true }).click()
  await expect(dialog).toHaveCount(0)
}

test('what a fund is worth looks right in both themes and on a phone', async ({ browser }) => {
  test.setTimeout(240_000)
  const { firm, fundId } = await fundWithCash()
  const { page, found, open, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  for (const section of ['', '/valuation', '/distributions', '/books']) {
    await open(fundPage(fundId, section))
    await look(section || 'overview')
  }
  await open(fundPage(fundId, '/books'))
  await page
    .getByRole('button', { name: /Investment paid/ })
    .first()
    .click()
  await look('an entry')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: test.info().outputPath('books-dark.png'), fullPage: true })
  await page.setViewportSize({ width: 375, height: 740 })
  await page.goto(fundPage(fundId))
  await expect(figure(page, /^NAV/)).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('figures-phone.png'), fullPage: true })
  expect(found).toEqual([])
  await close()
})
