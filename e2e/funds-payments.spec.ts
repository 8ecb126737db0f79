// Money that investors pay: recorded by keys alone, too much of it, bounced, matched anew; a second person sees it happen.
import type { Page } from '@playwright/test'
import { toast } from './support/desk.ts'
import { fundWithCall } from './support/fund.ts'
import { openLooks } from './support/looks.ts'
import { expect, openAs, signIn, test, urls } from './support/platform.ts'

const pageOf = (fundId: string) => `${urls.dashboard}/funds/${fundId}/payments`
const payments = (page: Page) => page.getByRole('region', { name: 'Payments of the fund' })
const receipts = (page: Page) => page.getByRole('region', { name: 'Receipts', exact: true })

/** Chooses what the picker finds first, as people do without a mouse. */
async function pick(page: Page, label: string, typed: string, found: RegExp) {
  await page.getByRole('combobox', { name: label }).focus()
  await page.keyboard.type(typed)
  // The line and, in advance, the investor; not what was found before all of it was typed.
  await expect(page.getByRole('option')).toHaveCount(2)
  await expect(page.getByRole('option', { name: found }).first()).toContainText(typed)
  await page.keyboard.press('Enter')
}

async function recordByKeys(page: Page, { investor, amount }: { investor: string; amount: string }) {
  await page.getByRole('button', { name: 'Record a payment' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Record a payment' })
  await pick(page, 'For', investor, /€50,000 due/)
  await page.keyboard.press('Tab')
  await expect(dialog.getByLabel('Amount in EUR')).toBeVisible()
  await dialog.getByLabel('Amount in EUR').focus()
  await page.keyboard.type(amount)
  await dialog.getByLabel('Bank reference').focus()
  await page.keyboard.type(`B-${amount}`)
  await page.keyboard.press('Tab')
  await page.keyboard.type('DE02 1203')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1')
  await expect(dialog.getByRole('button', { name: 'Record payment' })).toBeDisabled()
  await page.keyboard.press('Backspace')
  await page.keyboard.type(amount)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
}

test('a payment is recorded by keys, is too much, bounces, and a second browser sees all of it', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000)
  const { firm, second, fundId, investors } = await fundWithCall()
  const [alder] = investors
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(pageOf(fundId))
  await expect(page.getByText('Nothing was paid yet')).toBeVisible()
  const other = await openAs(browser, 'dashboard', second)
  await other.page.goto(pageOf(fundId))
  await expect(other.page.getByText('Nothing was paid yet')).toBeVisible()

  await recordByKeys(page, { investor: alder, amount: '50100' })
  await expect(toast(page, `€50,100 of ${alder} is recorded`)).toBeVisible()
  await expect(payments(page).getByRole('row').filter({ hasText: alder })).toContainText('€50,100')
  await expect(payments(other.page).getByRole('row').filter({ hasText: alder })).toContainText('€50,100')

  await page.getByRole('button', { name: alder }).click()
  const sheet = page.getByRole('dialog', { name: alder })
  await expect(sheet.getByRole('region', { name: 'What it moved' })).toContainText('€50,000')
  await expect(sheet.getByRole('region', { name: 'What it moved' })).toContainText('Prepaid€100')
  await expect(sheet.getByRole('region', { name: 'In the books' })).toContainText('Debit Cash at bank€50,100')
  await page.screenshot({ path: test.info().outputPath('payment.png') })
  await sheet.getByRole('button', { name: 'It has bounced' }).click()
  const bounce = page.getByRole('dialog', { name: 'Record a bounce' })
  await bounce.getByLabel('Reason').fill('Insufficient funds')
  await expect(bounce.getByRole('button', { name: 'Record bounce' })).toBeDisabled()
  await bounce.getByLabel('Type the amount to confirm').fill('50,100.00')
  await bounce.getByRole('button', { name: 'Record bounce' }).click()
  await expect(toast(page, 'The bounce is recorded')).toBeVisible()
  await expect(bounce).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  for (const each of [page, other.page])
    await expect(payments(each).getByRole('row').filter({ hasText: 'Bounced' })).toContainText('€50,100')
  expect(other.errors).toEqual([])
  await other.close()
})

test('a match is taken back, the receipt is matched anew over two lines, and it looks right everywhere', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const { firm, fundId, investors } = await fundWithCall()
  const [alder, birch] = investors
  const { page, found, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(pageOf(fundId))
  await recordByKeys(page, { investor: alder, amount: '60000' })
  await page.getByRole('button', { name: alder }).click()
  await page.getByRole('button', { name: 'The match is wrong' }).click()
  const wrong = page.getByRole('dialog', { name: 'Take the match back' })
  await wrong.getByLabel('Reason').fill('It is of both')
  await wrong.getByLabel('Type the amount to confirm').fill('60000')
  await wrong.getByRole('button', { name: 'Un-match' }).click()
  await expect(toast(page, 'The receipt is in the inbox again')).toBeVisible()
  await expect(wrong).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(receipts(page).getByRole('article')).toContainText('€60,000')
  await look('payments with a receipt to match')

  await page.getByRole('button', { name: 'Match receipt B-60000' }).click()
  const match = page.getByRole('dialog', { name: 'Match €60,000' })
  await pick(page, 'For', alder, /€50,000 due/)
  await match.getByLabel('Amount in EUR').fill('45000')
  await match.getByRole('button', { name: 'Split' }).click()
  await pick(page, 'Part 2 for', birch, /€50,000 due/)
  await match.getByRole('group', { name: 'Part 2' }).getByLabel('Amount in EUR').fill('15000')
  await look('matching a receipt')
  await match.getByLabel('Type the amount to confirm').fill('60000')
  await match.getByRole('button', { name: 'Match receipt' }).click()
  await expect(toast(page, '€60,000 is matched')).toBeVisible()
  await expect(page.getByText('Every receipt is matched')).toBeVisible()
  await expect(payments(page).getByRole('row').filter({ hasText: birch })).toContainText('€15,000')
  await look('payments')
  await page.setViewportSize({ width: 375, height: 740 })
  await page.screenshot({ path: test.info().outputPath('payments-phone.png'), fullPage: true })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.screenshot({ path: test.info().outputPath('payments-dark.png'), fullPage: true })
  await close()
  expect(found).toEqual([])
})
