// What a fund sends back: drafted with its lines in sight, edited, approved by another, declared, paid one by one; and what an
// investor owes is recorded when it comes.
import type { Locator, Page } from '@playwright/test'
import { ask, tokenOf } from './support/api.ts'
import { toast } from './support/desk.ts'
import { dayIn, fundWithCall, fundWithCash } from './support/fund.ts'
import { openLooks } from './support/looks.ts'
import { expect, onlyRefusals, openAs, signIn, test, urls } from './support/platform.ts'

const today = () => dayIn(0)
const pageOf = (fundId: string, section = '/distributions') => `${urls.dashboard}/funds/${fundId}${section}`
const preview = (page: Page) => page.getByRole('region', { name: 'Preview' })

/** Northwind is sold for 150,000.00. */
async function soldFund() {
  const desk = await fundWithCash()
  const sale = { kind: 'sale', dealId: desk.dealId, on: today(), amount: '150000.00', cost: '60000.00' }
  await ask(`/tenant/v1/funds/${desk.fundId}/bookings`, { method: 'POST', token: desk.token, body: sale })
  return desk
}

async function pick(page: Page, label: string, name: string) {
  await page.getByRole('combobox', { name: label }).fill(name)
  await page.getByRole('option', { name }).click()
}

/** 100,000.00 of capital and 50,000.00 of gain, by the waterfall. */
async function writeDraft(page: Page, { carryTo }: { carryTo: string }) {
  await page.getByRole('link', { name: 'New distribution' }).click()
  await page.getByLabel('Title').fill('Sale of Northwind')
  await page.getByLabel('Deal').selectOption({ label: 'Northwind' })
  await page.getByLabel('Return of capital (EUR)', { exact: true }).fill('100,000')
  await page.getByLabel('Gain (EUR)').fill('50000')
  await page.getByLabel('Shared by').selectOption('waterfall')
  await expect(preview(page)).toContainText('name the investor who stands for it')
  await pick(page, 'Who gets the carry', carryTo)
}

/** Answers a question by typing its amount. */
async function confirm(dialog: Locator, amount: string, name: string) {
  await expect(dialog.getByRole('button', { name, exact: true })).toBeDisabled()
  await dialog.getByLabel(`${amount}`).fill(amount)
  await dialog.getByRole('button', { name, exact: true }).click()
  await expect(dialog).toHaveCount(0)
}
async function act(page: Page, name: string, amount: string) {
  await page.getByRole('button', { name, exact: true }).click()
  await confirm(page.getByRole('dialog'), amount, name)
}
const submit = async (page: Page) => {
  await page.getByRole('button', { name: 'Submit for approval' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Submit for approval' }).click()
  await expect(page.getByText('Somebody else has to approve it.')).toBeVisible()
}

test('a distribution with carry is drafted, approved, edited, approved again, declared, and paid one by one', async ({
  page,
  browser,
  errors,
}) => {
  test.setTimeout(300_000)
  const { firm, second, fundId, token, investors } = await soldFund()
  const [alder, birch] = investors
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(pageOf(fundId))
  await writeDraft(page, { carryTo: birch })
  const proof = page.getByRole('region', { name: 'Proof' })
  await expect(proof.getByText('Holds')).toHaveCount(4)
  await expect(preview(page).getByRole('region', { name: 'Tiers' })).toContainText('€10,000')
  await page.getByRole('button', { name: 'Rate of an investor' }).click()
  await pick(page, 'Investor 1', alder)
  await page.getByLabel('Per cent').fill('10')
  await expect(preview(page)).toContainText('€2,000 withheld')
  await page.screenshot({ path: test.info().outputPath('draft.png'), fullPage: true })
  await page.getByRole('button', { name: 'Save draft' }).click()
  await confirm(page.getByRole('dialog', { name: 'Draft this distribution?' }), '150000.00', 'Save draft')
  const heading = page.getByRole('heading', { name: /Sale of Northwind/ })
  await expect(heading).toContainText('Draft')

  await submit(page)
  const other = await openAs(browser, 'dashboard', second)
  await other.page.goto(page.url())
  await expect(other.page.getByRole('region', { name: 'Proof' }).getByText('Holds')).toHaveCount(4)
  await expect(other.page.getByText(`${alder} 10 %`)).toBeVisible()
  await act(other.page, 'Approve', '150000.00')
  await expect(page.getByRole('button', { name: 'Declare' })).toBeVisible()

  // An edit takes the approval away; one that came too late is told of, and what was typed is kept.
  await page.getByRole('link', { name: 'Edit' }).click()
  await expect(page.getByText('It is approved.')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Who gets the carry' })).toHaveValue(birch)
  await page.getByLabel('Income (EUR)').fill('100')
  await expect(preview(page)).toContainText('€10,020')
  const id = new URL(page.url()).searchParams.get('distribution')
  const { distributedOn, basis } = await ask<{ distributedOn: string; basis: object }>(
    `/tenant/v1/distributions/${id}`,
    { token },
  )
  const theirs = { title: 'Theirs', distributedOn, basis, returnOfCapital: '100000', gain: '50000' }
  await ask(`/tenant/v1/distributions/${id}`, { method: 'PUT', token, body: theirs })
  await page.getByRole('button', { name: 'Save the distribution' }).click()
  const question = page.getByRole('dialog', { name: 'Save this distribution?' })
  await expect(question).toContainText('Its approval is taken back.')
  await confirm(question, '150100.00', 'Save the distribution')
  await expect(page.getByRole('alert').filter({ hasText: 'Somebody changed this' })).toContainText('Theirs')
  await page.getByRole('button', { name: 'Keep mine' }).click()
  await page.getByRole('button', { name: 'Save the distribution' }).click()
  await confirm(question, '150100.00', 'Save the distribution')
  await expect(toast(page, 'it is a draft again')).toBeVisible()
  await expect(heading).toContainText('Draft')
  await expect(other.page.getByRole('heading', { name: /Sale of Northwind/ })).toContainText('Draft')

  await submit(page)
  await act(other.page, 'Approve', '150100.00')
  await act(page, 'Declare', '150100.00')
  await page.getByRole('checkbox', { name: `Choose ${alder}` }).check()
  await expect(page.getByText('1 chosen, €70,040')).toBeVisible()
  await page.getByRole('button', { name: 'Pay chosen' }).click()
  await confirm(page.getByRole('dialog', { name: 'Pay 1 investor?' }), '70040.00', 'Pay')
  await expect(page.getByRole('checkbox', { name: `Choose ${alder}` })).toHaveCount(0)
  await expect(heading).toContainText('Declared')
  await page.screenshot({ path: test.info().outputPath('declared.png'), fullPage: true })
  const download = page.waitForEvent('download')
  await page.getByRole('region', { name: 'Waterfall' }).getByRole('link', { name: 'CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/^Waterfall \d{4}-\d{2}-\d{2}\.csv$/)
  await act(page, 'Pay', '80060.00')
  await expect(heading).toContainText('Paid')

  await page.goto(pageOf(fundId, ''))
  const distributed = page.getByRole('list', { name: 'Figures' }).getByRole('button', { name: /^Distributed/ })
  await expect(distributed).toContainText('€140,080')
  await distributed.click()
  await expect(page.getByRole('list', { name: 'Entries of Distributed' })).toContainText('€140,080')
  // Nobody was named for the carry, and an edit came too late.
  onlyRefusals(errors, 412, 422)
  expect(other.errors).toEqual([])
  await other.close()
})

test('what is above the recycling cap of the terms is distributed and not called back', async ({ page, errors }) => {
  test.setTimeout(240_000)
  const { firm, second, fundId, token } = await fundWithCall()
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(pageOf(fundId, '/terms'))
  const cap = page.getByLabel('Recycling cap, % of a commitment')
  const save = page.getByRole('button', { name: 'Save terms', exact: true })
  await cap.fill('a third')
  await save.click()
  await expect(page.getByText('must be a percentage like 12.5')).toBeVisible()
  await expect(cap).toHaveAttribute('aria-invalid', 'true')
  await cap.fill('3')
  await save.click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  await page.goto(pageOf(fundId))
  await page.getByRole('link', { name: 'New distribution' }).click()
  await expect(page.getByText('at most 3 % of a commitment (recycling cap)')).toBeVisible()
  await page.getByLabel('Title').fill('Unused reserve')
  await page.getByLabel('Return of capital (EUR)', { exact: true }).fill('100000')
  await page.getByLabel('Recallable, of the return of capital (EUR)').fill('80000')
  // 3 % of 1,000,000.00 each.
  await expect(preview(page)).toContainText('€20,000 of what was to be recallable is above the recycling cap of 3 %')
  await expect(preview(page).getByRole('columnheader', { name: 'Above cap' })).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('above-cap.png'), fullPage: true })
  await page.setViewportSize({ width: 375, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: test.info().outputPath('above-cap-phone.png'), fullPage: true })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.getByRole('button', { name: 'Save draft' }).click()
  await confirm(page.getByRole('dialog', { name: 'Draft this distribution?' }), '100000.00', 'Save draft')
  const lines = page.getByRole('region', { name: 'Who gets what' })
  await expect(lines.getByRole('cell', { name: '€30,000', exact: true })).toHaveCount(2)
  await expect(lines.getByRole('cell', { name: '€10,000', exact: true })).toHaveCount(2)

  await submit(page)
  const id = page.url().split('/').at(-1)
  const { matrixSha256 } = await ask<{ matrixSha256: string }>(`/tenant/v1/distributions/${id}`, { token })
  await ask(`/tenant/v1/distributions/${id}/approve`, {
    ...{ method: 'POST', token: await tokenOf(second), body: { matrixSha256 } },
  })
  await act(page, 'Declare', '100000.00')
  await expect(page.getByText('is above the recycling cap of 3 % of a commitment')).toBeVisible()
  await page.goto(pageOf(fundId, ''))
  await expect(page.getByRole('list', { name: 'Figures' })).toContainText('€60,000 recallable')
  expect(errors).toEqual([])
})

test('what an investor owes after a bounce of refunded money is recorded when it comes', async ({ page }) => {
  test.setTimeout(240_000)
  const { firm, fundId, token, investors } = await fundWithCall()
  const [alder] = investors
  const send = <T>(path: string, body: object) => ask<T>(`/tenant/v1${path}`, { method: 'POST', token, body })
  const { data } = await ask<{ data: { investorId: string }[] }>(
    `/tenant/v1/funds/${fundId}/payers?search=${encodeURIComponent(alder)}`,
    { token },
  )
  const investorId = data[0]?.investorId
  const booking = { bankReference: 'B-1', account: 'DE02', valueDate: today(), amount: '900.00', currency: 'EUR' }
  const { receiptId } = await send<{ receiptId: string }>(`/funds/${fundId}/payments`, {
    ...booking,
    to: { investorId },
  })
  await send(`/funds/${fundId}/prepaid-refunds`, { investorId, amount: '900.00', on: today(), reason: 'Asked for it' })
  const { receipt } = await ask<{ receipt: { version: number } }>(`/tenant/v1/bank-receipts/${receiptId}`, { token })
  await send(`/bank-receipts/${receiptId}/bounce`, { version: receipt.version, reason: 'No funds', on: today() })

  await signIn(page, 'dashboard', firm.owner)
  await page.goto(pageOf(fundId, '/payments'))
  const owed = page.getByRole('region', { name: 'Owed by investors' })
  await expect(owed).toContainText(`${alder} owes €900`)
  await page.screenshot({ path: test.info().outputPath('owed.png'), fullPage: true })
  await owed.getByRole('button', { name: `Record what ${alder} has paid back` }).click()
  const dialog = page.getByRole('dialog', { name: 'Record a payment' })
  await dialog.getByLabel('Amount in EUR').fill('900')
  await dialog.getByLabel('Bank reference').fill('B-2')
  await dialog.getByLabel('Account').fill('DE02')
  await dialog.getByLabel('Type the amount to confirm').fill('900')
  await dialog.getByRole('button', { name: 'Record payment' }).click()
  await expect(toast(page, `€900 of ${alder} is recorded`)).toBeVisible()
  await expect(owed).toHaveCount(0)
})

test('distributions look right in both themes and on a phone', async ({ browser }) => {
  test.setTimeout(300_000)
  const { firm, fundId, investors } = await soldFund()
  const { page, found, open, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  await open(pageOf(fundId))
  await look('no distributions')
  await writeDraft(page, { carryTo: investors[1] })
  await page.getByRole('button', { name: 'Rate of a country' }).click()
  await page.getByLabel('Country 1', { exact: true }).selectOption('DE')
  await page.getByLabel('Per cent').fill('26.375')
  await expect(page.getByRole('region', { name: 'Proof' }).getByText('Holds')).toHaveCount(4)
  await look('a draft with its preview')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: test.info().outputPath('draft-dark.png'), fullPage: true })
  await page.setViewportSize({ width: 375, height: 740 })
  await page.screenshot({ path: test.info().outputPath('draft-phone.png'), fullPage: true })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Save draft' }).click()
  await confirm(page.getByRole('dialog', { name: 'Draft this distribution?' }), '150000.00', 'Save draft')
  await expect(page.getByRole('heading', { name: /Sale of Northwind/ })).toBeVisible()
  await look('a distribution with its waterfall')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 375, height: 740 })
  await page.screenshot({ path: test.info().outputPath('distribution-phone.png'), fullPage: true })
  await open(pageOf(fundId))
  await page.getByText('Waterfall of the fund').click()
  await expect(page.getByRole('region', { name: 'Tiers' })).toContainText('If everything were sold at its value')
  await look('the list with the waterfall of the fund')
  expect(found).toEqual([])
  await close()
})
