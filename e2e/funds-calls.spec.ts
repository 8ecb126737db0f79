// A capital call by the keyboard, approved by somebody else in another browser, issued, and what it then keeps from happening.
import type { Page } from '@playwright/test'
import { ask, foundFirm, join, tokenOf } from './support/api.ts'
import { toast } from './support/desk.ts'
import { openLooks } from './support/looks.ts'
import { expect, onlyRefusals, openAs, signIn, test, urls } from './support/platform.ts'

interface Made {
  id: string
}

/** A firm with a fund of three investors, and a won deal of 90,000.00 that is allocated to it. */
async function fundWithWonDeal() {
  const firm = await foundFirm()
  const second = await join(firm, 'admin', 'Sam Second')
  const token = await tokenOf(firm.owner)
  const post = (path: string, body: object) => ask<Made>(`/tenant/v1${path}`, { method: 'POST', token, body })
  const fund = await post('/funds', {
    ...{ name: 'Orchard', legalName: 'Orchard Fund SCSp', currency: 'EUR', timeZone: 'Europe/Berlin', vintage: 2026 },
  })
  for (const name of ['Alder Pension', 'Birch Pension', 'Cedar Pension']) {
    const investor = await post('/investors', { name, kind: 'ENTITY' })
    const signed = { investorId: investor.id, closeName: 'First close', closeDate: '2026-01-05', amount: '1000000.00' }
    await post(`/funds/${fund.id}/commitments`, signed)
  }
  const deal = await post('/deals', { title: 'Series B of Acorn', value: '90000.00', currency: 'EUR' })
  for (const stage of ['QUALIFIED', 'NEGOTIATION', 'CLOSED_WON']) await post(`/deals/${deal.id}/move`, { stage })
  return { firm, second, token, post, fundId: fund.id, dealId: deal.id }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).press('Enter')
/** Into a field that is given the focus, as by Tab. */
async function type(page: Page, label: string, text: string) {
  await page.getByLabel(label, { exact: true }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}
const dialog = (page: Page) => page.getByRole('dialog')
async function confirm(page: Page, amount: string, button: string) {
  await expect(dialog(page).getByRole('button', { name: button, exact: true })).toBeDisabled()
  await dialog(page)
    .getByLabel(/^Type .* to confirm$/)
    .focus()
  await page.keyboard.type(amount)
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)
}

test('a call is drafted by keys, approved in another browser, issued, and holds the won deal', async ({
  page,
  browser,
  errors,
}) => {
  test.setTimeout(240_000)
  const { firm, second, fundId, dealId } = await fundWithWonDeal()
  await signIn(page, 'dashboard', firm.owner)

  // From the won deal to its allocation.
  await page.goto(`${urls.dashboard}/deals?deal=${dealId}`)
  const fund = page.getByRole('region', { name: 'Fund', exact: true })
  await expect(fund).toContainText('No fund has taken a part of it yet.')
  await fund.getByRole('button', { name: 'Allocate to a fund' }).press('Enter')
  const allocate = page.getByRole('dialog', { name: 'Allocate to a fund' })
  await expect(allocate.getByLabel('Amount (EUR)')).toHaveValue('90000.00')
  await allocate.getByLabel('Type “90000.00” to confirm').focus()
  await page.keyboard.type('90000.00')
  await page.keyboard.press('Enter')
  await expect(fund.getByRole('list', { name: 'Allocations' })).toContainText('€90,000')

  // The wizard.
  await page.goto(`${urls.dashboard}/funds/${fundId}/calls`)
  await expect(page.getByText('Nothing was called yet')).toBeVisible()
  await page.getByRole('link', { name: 'New capital call' }).press('Enter')
  await press(page, 'Next')
  await expect(page.getByText('Give the call a title.')).toBeVisible()
  await type(page, 'Title', 'For Acorn')
  await type(page, 'Amount (EUR)', '90,000')
  await page.getByLabel('Deal', { exact: true }).selectOption({ label: 'Series B of Acorn' })
  await press(page, 'Next')
  await expect(page.getByRole('heading', { level: 2, name: 'Who is excused' })).toBeFocused()
  const box = page.getByRole('listitem').filter({ hasText: 'Cedar Pension' }).getByRole('checkbox')
  await box.focus()
  await page.keyboard.press('Space')
  await press(page, 'Next')
  await expect(page.getByText('Say why each of them is excused.')).toBeVisible()
  await type(page, 'Why Cedar Pension is excused from Series B of Acorn', 'Side letter')
  await press(page, 'Next')
  const matrix = page.getByRole('region', { name: 'Lines of the call' })
  await expect(matrix.getByRole('row').filter({ hasText: 'Alder Pension' })).toContainText('45000.00')
  await expect(matrix).toContainText('ideal 45000.00000000 = floor 45000.00 + remainder 0.00000000')
  await expect(matrix.getByRole('row').filter({ hasText: 'Cedar Pension' })).toHaveCount(0)
  await press(page, 'Next')
  await press(page, 'Draft the call')
  await confirm(page, '90000.00', 'Draft the call')
  await expect(page.getByRole('heading', { level: 2, name: 'For Acorn' })).toBeVisible()
  await expect(page.getByText('Somebody else has to approve it')).toBeVisible()

  // Somebody else approves; this page follows.
  const other = await openAs(browser, 'dashboard', second)
  await other.page.goto(page.url())
  await press(other.page, 'Approve')
  await confirm(other.page, '90000.00', 'Approve')
  await expect(toast(other.page, 'The call is approved')).toBeVisible()
  await press(page, 'Issue')
  await confirm(page, '90000.00', 'Issue')
  await expect(page.getByRole('heading', { level: 2, name: 'Call 1: For Acorn' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Lines of the call' })).toContainText('€45,000')
  await expect(other.page.getByRole('heading', { level: 2, name: 'Call 1: For Acorn' })).toBeVisible()
  expect(other.errors).toEqual([])
  await other.close()

  // The deal is held.
  await page.goto(`${urls.dashboard}/deals?deal=${dealId}`)
  await expect(page.getByText('Capital call 1 of Orchard', { exact: false }).first()).toBeVisible()
  await page.getByRole('dialog', { name: 'Series B of Acorn' }).getByLabel('Stage').selectOption('NEGOTIATION')
  await expect(toast(page, 'cannot be re-opened: Capital call 1 of Orchard')).toBeVisible()
  onlyRefusals(errors, 409)
})

test('the list, the wizard and the page of a call look right in both themes, on a desk and on a phone', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const { firm, second, post, fundId, dealId } = await fundWithWonDeal()
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  await post(`/funds/${fundId}/allocations`, { dealId, amount: '90000.00' })
  const components = [{ kind: 'INVESTMENT', label: 'Acorn', amount: '90000.00', dealId }]
  const dates = { noticeDate: day(0), dueDate: day(40) }
  const call = await post(`/funds/${fundId}/capital-calls`, { title: 'For Acorn', ...dates, components })
  const { page, found, open, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  await open(`${urls.dashboard}/funds/${fundId}/calls`)
  await look('capital calls')
  await open(`${urls.dashboard}/funds/${fundId}/calls/${call.id}`)
  await expect(page.getByRole('region', { name: 'Lines of the call' })).toContainText('Alder Pension')
  await look('a draft with its matrix')
  await open(`${urls.dashboard}/funds/${fundId}/calls/new`)
  await page.getByLabel('Title', { exact: true }).fill('Another')
  await look('the wizard')
  const other = await tokenOf(second)
  await ask(`/tenant/v1/capital-calls/${call.id}/approve`, { method: 'POST', token: other, body: {} })
  await post(`/capital-calls/${call.id}/issue`, {})
  await open(`${urls.dashboard}/funds/${fundId}/calls/${call.id}`)
  await expect(page.getByRole('region', { name: 'Lines of the call' })).toContainText('Alder Pension')
  await look('an issued call')
  await open(`${urls.dashboard}/deals?deal=${dealId}`)
  await expect(page.getByRole('region', { name: 'Fund', exact: true })).toContainText('For Acorn')
  await look('a won deal with its fund')
  await close()
  expect(found).toEqual([])
})
