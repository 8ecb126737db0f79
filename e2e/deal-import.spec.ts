// Flow A: deals come in.
import type { Page } from '@playwright/test'
import { dealsCsv } from './support/deals-csv.ts'
import { expect, openAs, signIn, test, urls } from './support/platform.ts'

const rows = 20_000
const bad = 137

async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto(`${urls.dashboard}/imports`)
  await page.getByLabel('Choose a CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer })
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

const outcome = (page: Page, term: string) =>
  page
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator('xpath=following-sibling::dd[1]')

test('a manager imports 20,000 deals with 137 bad rows, reloads in the middle, and imports the file again', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000)
  const file = dealsCsv({ rows, bad, prefix: 'Northwind' })
  await signIn(page, 'dashboard', 'manager@acme.test')

  await upload(page, 'northwind.csv', file)
  await expect(page.getByLabel('Field for "Deal name"')).toBeVisible()
  await page.getByRole('button', { name: 'Start import' }).click()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible({ timeout: 120_000 })
  await expect(outcome(page, 'Created')).toHaveText('19,863')
  await expect(outcome(page, 'Updated')).toHaveText('0')
  await expect(outcome(page, 'Rejected')).toHaveText('137')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download rejected rows' }).click()
  const rejected = await (await download).createReadStream()
  const text = (await rejected.toArray()).join('')
  expect(text).toContain('Deal name')
  expect(text).toContain('a lot')
  expect(text.match(/Northwind-\d+/g)?.length).toBe(bad)

  await page.goto(`${urls.dashboard}/deals`)
  await page.getByLabel('Search deals').fill('Northwind deal 19999')
  await expect(
    page
      .getByRole('link', { name: 'Northwind deal 19999' })
      .or(page.getByRole('button', { name: 'Northwind deal 19999' }))
      .first(),
  ).toBeVisible()

  await upload(page, 'northwind.csv', file)
  await page.getByRole('button', { name: 'Start import' }).click()
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible({ timeout: 120_000 })
  await expect(outcome(page, 'Created')).toHaveText('0')
  await expect(outcome(page, 'Rejected')).toHaveText('137')

  const globex = await openAs(browser, 'dashboard', 'manager@globex.test')
  await globex.page.goto(`${urls.dashboard}/deals`)
  await globex.page.getByLabel('Search deals').fill('Northwind')
  await expect(globex.page.getByText('No deals match')).toBeVisible()
  expect(globex.errors).toEqual([])
  await globex.close()
})

test('a file that cannot be read is refused with the line', async ({ page }) => {
  await signIn(page, 'dashboard', 'manager@globex.test')
  await upload(page, 'broken.csv', Buffer.from('Deal name,Amount\nFine,10\n"never closed,20\nmore,30\n'))
  const start = page.getByRole('button', { name: 'Start import' })
  const alert = page.getByRole('alert').filter({ hasText: /line 3/i })
  await expect(start.or(alert).first()).toBeVisible()
  if (await start.isVisible()) await start.click()
  await expect(alert).toBeVisible()
})

test('the board moves a deal by its menu, and another browser sees it', async ({ page, browser }) => {
  await signIn(page, 'dashboard', 'manager@globex.test')
  const other = await openAs(browser, 'dashboard', 'owner@globex.test')
  const card = page.getByRole('region', { name: 'Lead' }).getByRole('article').first()
  const title = ((await card.getByRole('link').first().textContent()) ?? '').trim()
  await card.getByRole('button', { name: `Move ${title}` }).click()
  await page.getByRole('menuitem', { name: 'Move to Qualified' }).click()
  await expect(page.getByRole('region', { name: 'Lead' }).getByText(title, { exact: true })).toHaveCount(0)
  await expect(other.page.getByRole('region', { name: 'Lead' }).getByText(title, { exact: true })).toHaveCount(0)
  expect(other.errors).toEqual([])
  await other.close()
})
