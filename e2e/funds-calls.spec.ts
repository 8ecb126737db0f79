// A capital call by the keyboard, approved by somebody else in another browser, issued, and what it then keeps from happening.
import type { Page } from '@playwright/test'
import { ask, tokenOf } from './support/api.ts'
import { toast } from './support/desk.ts'
import { dayIn, fundWithWonDeal } from './support/fund.ts'
import { press, pressButton } from './support/keys.ts'
import { openLooks } from './support/looks.ts'
import { expect, onlyRefusals, openAs, signIn, test, urls } from './support/platform.ts'

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
  await press(fund.getByRole('button', { name: 'Allocate to a fund' }))
  const allocate = page.getByRole('dialog', { name: 'Allocate to a fund' })
  await expect(allocate.getByLabel('Amount (EUR)')).toHaveValue('90000.00')
  await allocate.getByLabel('Type “90000.00” to confirm').focus()
  await page.keyboard.type('90000.00')
  await page.keyboard.press('Enter')
  await expect(fund.getByRole('list', { name: 'Allocations' })).toContainText('€90,000')

  // The wizard.
  await page.goto(`${urls.dashboard}/funds/${fundId}/calls`)
  await expect(page.getByText('Nothing was called yet')).toBeVisible()
  await press(page.getByRole('link', { name: 'New capital call' }))
  await pressButton(page, 'Next')
  await expect(page.getByText('Give the call a title.')).toBeVisible()
  await type(page, 'Title', 'For Acorn')
  await type(page, 'Amount (EUR)', '90,000')
  await page.getByLabel('Deal', { exact: true }).selectOption({ label: 'Series B of Acorn' })
  await pressButton(page, 'Next')
  await expect(page.getByRole('heading', { level: 2, name: 'Who takes part' })).toBeFocused()
  const box = page.getByRole('listitem').filter({ hasText: 'Cedar Pension' }).getByRole('checkbox')
  await box.focus()
  await page.keyboard.press('Space')
  await pressButton(page, 'Next')
  await expect(page.getByText('Say why each of them is excused.')).toBeVisible()
  await type(page, 'Why Cedar Pension is excused from Series B of Acorn', 'Side letter')
  await pressButton(page, 'Next')
  const matrix = page.getByRole('region', { name: 'Lines of the call' })
  await expect(matrix.getByRole('row').filter({ hasText: 'Alder Pension' })).toContainText('45000.00')
  await expect(matrix).toContainText('ideal 45000.00000000 = floor 45000.00 + remainder 0.00000000')
  await expect(matrix.getByRole('row').filter({ hasText: 'Cedar Pension' })).toHaveCount(0)
  await pressButton(page, 'Next')
  await pressButton(page, 'Draft the call')
  await confirm(page, '90000.00', 'Draft the call')
  await expect(page.getByRole('heading', { level: 2, name: 'For Acorn' })).toBeVisible()
  await expect(page.getByText('Somebody else has to approve it')).toBeVisible()

  // Somebody else approves; this page follows.
  const other = await openAs(browser, 'dashboard', second)
  await other.page.goto(page.url())
  await pressButton(other.page, 'Approve')
  await confirm(other.page, '90000.00', 'Approve')
  await expect(toast(other.page, 'The call is approved')).toBeVisible()
  await pressButton(page, 'Issue')
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

test('a co-investment is called from those alone who take part, and is known again when it is edited', async ({
  page,
  errors,
}) => {
  test.setTimeout(240_000)
  const { firm, fundId } = await fundWithWonDeal()
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(`${urls.dashboard}/funds/${fundId}/calls/new`)
  await type(page, 'Title', 'Beside the fund')
  await type(page, 'Amount (EUR)', '50000')
  await page.getByLabel('Who takes part').selectOption({ label: 'Only some: a co-investment beside the fund' })
  await expect(page.getByRole('checkbox', { name: /^Inside of the commitment/ })).not.toBeChecked()
  await pressButton(page, 'Next')
  await expect(page.getByRole('heading', { level: 2, name: 'Who takes part' })).toBeFocused()
  await pressButton(page, 'Next')
  await expect(page.getByText('Choose who takes part in Investment.')).toBeVisible()
  await page.getByRole('listitem').filter({ hasText: 'Birch Pension' }).getByRole('checkbox').focus()
  await page.keyboard.press('Space')
  await page.screenshot({ path: test.info().outputPath('co-investment.png'), fullPage: true })
  await pressButton(page, 'Next')
  const matrix = page.getByRole('region', { name: 'Lines of the call' })
  await expect(matrix.getByRole('row').filter({ hasText: 'Birch Pension' })).toContainText('50000.00')
  await expect(matrix.getByRole('row')).toHaveCount(2)
  await expect(page.getByText('2 left out of a component')).toBeVisible()
  await pressButton(page, 'Next')
  await pressButton(page, 'Draft the call')
  await confirm(page, '50000.00', 'Draft the call')
  await expect(page.getByRole('heading', { level: 2, name: 'Beside the fund' })).toBeVisible()
  await expect(page.getByText('outside of the commitment, 2 excused')).toBeVisible()

  await press(page.getByRole('link', { name: 'Edit' }))
  await expect(page.getByLabel('Who takes part')).toHaveValue('some')
  await pressButton(page, 'Next')
  const boxOf = (name: string) => page.getByRole('listitem').filter({ hasText: name }).getByRole('checkbox')
  await expect(boxOf('Birch Pension')).toBeChecked()
  await expect(boxOf('Alder Pension')).not.toBeChecked()
  await boxOf('Alder Pension').focus()
  await page.keyboard.press('Space')
  await pressButton(page, 'Next')
  await expect(matrix.getByRole('row').filter({ hasText: 'Alder Pension' })).toContainText('25000.00')
  expect(errors).toEqual([])
})

test('the list, the wizard and the page of a call look right in both themes, on a desk and on a phone', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const { firm, second, post, fundId, dealId } = await fundWithWonDeal()
  await post(`/funds/${fundId}/allocations`, { dealId, amount: '90000.00' })
  const components = [{ kind: 'INVESTMENT', label: 'Acorn', amount: '90000.00', dealId }]
  const dates = { noticeDate: dayIn(0), dueDate: dayIn(40) }
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
