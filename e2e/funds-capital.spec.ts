// What a fund is worth: marked, struck, explained.
import type { Page } from '@playwright/test'
import { toast } from './support/desk.ts'
import { dayIn, fundWithCash } from './support/fund.ts'
import { press } from './support/keys.ts'
import { openLooks } from './support/looks.ts'
import { expect, signIn, test, urls } from './support/platform.ts'

const fundPage = (fundId: string, section = '') => `${urls.dashboard}/funds/${fundId}${section}`

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

/** Books an entry of the subscription line with keys alone, but for the day. */
async function bookLine(page: Page, what: string, { on, amount }: { on: string; amount: string }) {
  await press(page.getByRole('button', { name: 'Book an entry' }))
  const dialog = page.getByRole('dialog', { name: 'Book an entry' })
  await dialog.getByLabel('What has happened').focus()
  await page.keyboard.type(what)
  await expect(dialog.getByLabel('Deal', { exact: true })).toHaveCount(0)
  await page.keyboard.press('Tab')
  await page.keyboard.type(amount)
  await dialog.getByLabel('Day').fill(on)
  await dialog.getByLabel('Note').focus()
  await page.keyboard.type('By the bank')
  await expect(dialog.getByRole('button', { name: 'Book', exact: true })).toBeDisabled()
  await dialog.getByLabel(`Type ${amount} to confirm`).focus()
  await page.keyboard.type(amount)
  await page.keyboard.press('Enter')
  return dialog
}

test('a draw on the subscription line is booked by keys, and the net rate is shown with and without it', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const { firm, fundId } = await fundWithCash()
  const { page, found, open, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  await open(fundPage(fundId))
  await expect(figure(page, /^IRR, net/)).toContainText('no subscription line recorded')
  await open(fundPage(fundId, '/valuation'))
  const line = page.getByRole('region', { name: 'Subscription line' })
  await expect(line).toContainText('No draw is recorded')
  await bookLine(page, 'Draw', { on: dayIn(-30), amount: '60000.00' })
  await expect(line).toContainText('€60,000 drawn and not repaid')

  const refused = await bookLine(page, 'Repayment', { on: dayIn(0), amount: '60000.01' })
  await expect(refused.getByRole('alert')).toContainText('0.01 more of the subscription line would be repaid')
  await page.keyboard.press('Escape')
  await expect(refused).toHaveCount(0)
  await bookLine(page, 'Repayment', { on: dayIn(0), amount: '60000.00' })
  await expect(line).toContainText('€0 drawn and not repaid')
  await bookLine(page, 'Interest', { on: dayIn(0), amount: '600.00' })
  // Without the line 60,000.00 were paid a month ago and are worth 59,400.00: 0.99 ^ (365 / 30). With it all was paid today.
  await expect(line).toContainText('– (everything was on one day) with the line and -11.51 % without it')
  await press(line.getByRole('button', { name: 'Show its entries' }))
  await expect(page.getByRole('list', { name: 'Entries of Subscription line' }).getByRole('listitem')).toContainText([
    /Subscription line repaid.*-€60,000/,
    /Subscription line drawn.*€60,000/,
  ])
  await look('the entries of the line')
  await page.keyboard.press('Escape')
  await page.screenshot({ path: test.info().outputPath('line-valuation.png'), fullPage: true })

  await open(fundPage(fundId))
  await expect(figure(page, /^IRR, net, without the line/)).toContainText('-11.51 %')
  await expect(figure(page, /^IRR, net ?–/)).toContainText('with the subscription line')
  await expect(figure(page, /^NAV/)).toContainText('€99,400')
  await press(figure(page, /^Subscription line/))
  await expect(page.getByRole('list', { name: 'Entries of Subscription line' })).toContainText(
    'Subscription line drawn',
  )
  await page.keyboard.press('Escape')
  await look('both rates')
  await page.screenshot({ path: test.info().outputPath('line-figures.png'), fullPage: true })
  await page.setViewportSize({ width: 375, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: test.info().outputPath('line-figures-phone.png'), fullPage: true })
  await page.goto(fundPage(fundId, '/valuation'))
  await expect(line).toContainText('drawn and not repaid')
  await page.screenshot({ path: test.info().outputPath('line-valuation-phone.png'), fullPage: true })
  expect(found).toEqual([])
  await close()
})

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
