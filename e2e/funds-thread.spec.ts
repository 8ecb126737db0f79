// The money of a deal: followed from its panel, each number opened, while money comes in.
import type { Page } from '@playwright/test'
import { ask, tokenOf } from './support/api.ts'
import { dayIn, fundWithCall } from './support/fund.ts'
import { press } from './support/keys.ts'
import { openLooks } from './support/looks.ts'
import { expect, signIn, test, urls } from './support/platform.ts'

interface Made {
  id: string
}
interface List {
  data: Made[]
}
const today = () => dayIn(0)
const threadOf = (dealId: string) => `${urls.dashboard}/deals/${dealId}/thread`

/** A won deal of which a fund has called for 60,000, half by each of two investors, in a call that asks for fees as well. */
async function calledFor() {
  const desk = await fundWithCall()
  const { token, fundId } = desk
  const approver = await tokenOf(desk.second)
  const post = (path: string, body: object, as = token) =>
    ask<Made>(`/tenant/v1${path}`, { method: 'POST', token: as, body })
  const deal = await post('/deals', { title: 'Northwind', value: '80000.00', currency: 'EUR' })
  for (const stage of ['QUALIFIED', 'NEGOTIATION', 'CLOSED_WON']) await post(`/deals/${deal.id}/move`, { stage })
  await post(`/funds/${fundId}/allocations`, { dealId: deal.id, amount: '60000.00' })
  const components = [
    { kind: 'INVESTMENT', label: 'Northwind', amount: '60000.00', dealId: deal.id },
    { kind: 'FEE', label: 'Fee', amount: '12000.00' },
  ]
  const dates = { noticeDate: today(), dueDate: dayIn(40) }
  const call = await post(`/funds/${fundId}/capital-calls`, { title: 'For Northwind', ...dates, components })
  await post(`/capital-calls/${call.id}/submit`, {})
  await post(`/capital-calls/${call.id}/approve`, {}, approver)
  await post(`/capital-calls/${call.id}/issue`, {})
  const lines = (await ask<List>(`/tenant/v1/capital-calls/${call.id}/lines`, { token })).data
  let references = 0
  const pay = (amount: string, line = 0) => {
    references += 1
    const booking = {
      bankReference: `T-${deal.id}-${references}`,
      account: 'DE02',
      valueDate: today(),
      currency: 'EUR',
    }
    return post(`/funds/${fundId}/payments`, { ...booking, amount, to: { lineId: lines[line]?.id } })
  }
  return { ...desk, dealId: deal.id, pay, post }
}

const figure = (page: Page, label: RegExp) =>
  page.getByRole('list', { name: /^Figures in/ }).getByRole('button', { name: label })
const happened = (page: Page) => page.getByRole('list', { name: 'What happened' })

test('the money of a deal is followed with the keyboard from its panel, and is live; each number opens its entries', async ({
  page,
  errors,
}) => {
  test.setTimeout(240_000)
  const { firm, fundId, dealId, pay, post } = await calledFor()
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(`${urls.dashboard}/deals?deal=${dealId}`)
  await press(page.getByRole('link', { name: 'Follow the money' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Northwind' })).toBeVisible()
  await expect(page).toHaveURL(threadOf(dealId))
  await expect(happened(page).getByRole('listitem')).toContainText(['Deal created', 'Deal won', 'Allocated', 'Called'])
  await expect(happened(page)).toContainText('of a call of €72,000')
  await expect(figure(page, /^Received/)).toContainText('€0')

  // Half of a line of 36,000: half of the 30,000 of it that are for the deal.
  await pay('18000.00')
  await expect(figure(page, /^Received/)).toContainText('€15,000')
  await expect(happened(page)).toContainText('€15,000 of it received up to now')
  await pay('18000.00')
  await pay('36000.00', 1)
  await post(`/funds/${fundId}/bookings`, { kind: 'investment', dealId, on: today(), amount: '60000.00' })
  await expect(figure(page, /^Received/)).toContainText('€60,000')
  await expect(figure(page, /^Invested/)).toContainText('€60,000')
  await expect(happened(page)).toContainText('Worth €60,000')

  await press(figure(page, /^Received/))
  const entries = page.getByRole('list', { name: 'Entries of Received' })
  await expect(entries.getByRole('listitem')).toHaveCount(3)
  await expect(entries).toContainText('€15,000')
  await expect(page.getByRole('dialog')).toContainText('the deal has the same part')
  await page.screenshot({ path: test.info().outputPath('thread-entries.png'), fullPage: true })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await press(happened(page).getByRole('listitem').filter({ hasText: 'Called' }).getByRole('button'))
  await expect(page.getByRole('dialog').getByRole('listitem')).toContainText(['Call issued'])
  await page.keyboard.press('Escape')
  await press(figure(page, /^Allocated/))
  await expect(page.getByRole('dialog')).toContainText('No entry stands behind this number')
  await page.keyboard.press('Escape')
  await press(page.getByRole('link', { name: /^Capital call 2: For Northwind/ }).first())
  await expect(page.getByRole('heading', { name: /For Northwind/ })).toBeVisible()
  expect(errors).toEqual([])
})

test('a deal of the demo is followed from the holdings of its fund, whose investors have statements', async ({
  page,
  errors,
}) => {
  test.setTimeout(120_000)
  await signIn(page, 'dashboard', 'owner@acme.test')
  await page.goto(`${urls.dashboard}/funds`)
  await page.getByRole('link', { name: 'Growth Fund II' }).click()
  await page.getByRole('link', { name: 'Documents' }).click()
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: /statement/i })
      .first(),
  ).toBeVisible({ timeout: 60_000 })
  await page.getByRole('link', { name: 'Valuation' }).click()
  await page
    .getByRole('region', { name: /^Holdings as of/ })
    .getByRole('link')
    .first()
    .click()
  await expect(figure(page, /^MOIC/)).toContainText('×')
  await expect(happened(page).getByRole('listitem')).toContainText([
    ...['Deal created', 'Deal won', 'Allocated', 'Called', 'Received', 'Invested', 'Valued', 'Sold'],
    ...['Distribution declared', 'Distribution paid', 'Worth'],
  ])
  await page.screenshot({ path: test.info().outputPath('thread-demo.png'), fullPage: true })
  expect(errors).toEqual([])
})

test('the money of a deal looks right in both themes and on a phone, also before there is any', async ({ browser }) => {
  test.setTimeout(240_000)
  const { firm, dealId, pay, post } = await calledFor()
  await pay('18000.00')
  const unfunded = await post('/deals', { title: 'Not won yet', value: '1000.00' })
  const { page, found, open, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  await open(threadOf(dealId))
  await expect(happened(page)).toContainText('Received')
  await look('the thread')
  await figure(page, /^Called/).click()
  await expect(page.getByRole('list', { name: 'Entries of Called' })).toContainText('€60,000')
  await look('the entries of a number')
  await page.keyboard.press('Escape')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: test.info().outputPath('thread-dark.png'), fullPage: true })
  await page.setViewportSize({ width: 375, height: 740 })
  await page.screenshot({ path: test.info().outputPath('thread-phone.png'), fullPage: true })
  await open(threadOf(unfunded.id))
  await expect(page.getByText('No fund has taken a part of it yet')).toBeVisible()
  await look('a thread without a fund')
  await page.goto(threadOf(crypto.randomUUID()))
  await expect(page.getByText('There is no such deal.')).toBeVisible()
  expect(found).toEqual([])
  await close()
})
