// Files in and out: companies, a dry run, a saved source, a revert; an export with its limit.
import type { Page } from '@playwright/test'
import { expect, openAs, signIn, test, urls } from './support/platform.ts'

async function upload(page: Page, name: string, text: string, kind?: 'Companies' | 'Contacts'): Promise<void> {
  await page.goto(`${urls.dashboard}/imports`)
  if (kind) await page.getByLabel('What the rows are').selectOption({ label: kind })
  await page.getByLabel('Choose a CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}
const outcome = (page: Page, term: string) =>
  page
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator('xpath=following-sibling::dd[1]')

test('companies are tried without a change, brought in with a saved source, and taken back', async ({ page }) => {
  const mark = `Zephyr ${Date.now()}`
  const file = `Firm;Web;Since\n${mark} One;one-${Date.now()}.example;x\n${mark} Two;;x\n`
  await signIn(page, 'dashboard', 'manager@globex.test')
  await upload(page, 'dry.csv', file, 'Companies')
  await expect(page.getByRole('button', { name: 'Start import' })).toBeDisabled()
  await page.getByLabel('Field for "Firm"').selectOption({ label: 'Name' })
  await page.getByLabel('Field for "Web"').selectOption({ label: 'Website' })
  await page.getByRole('button', { name: 'Try without changing anything' }).click()
  await expect(page.getByRole('heading', { name: 'What the import would do' })).toBeVisible({ timeout: 30_000 })
  await expect(outcome(page, 'Created')).toHaveText('2')
  await expect(page.getByRole('button', { name: 'Revert import' })).toHaveCount(0)

  await upload(page, 'real.csv', file, 'Companies')
  await page.getByLabel('Field for "Firm"').selectOption({ label: 'Name' })
  await page.getByLabel('Field for "Web"').selectOption({ label: 'Website' })
  await page.getByLabel('Remember this for the source').fill(mark)
  await page.getByRole('button', { name: 'Start import' }).click()
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible({ timeout: 30_000 })
  await expect(outcome(page, 'Created')).toHaveText('2')

  await page.getByRole('button', { name: 'Revert import' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revert import' }).click()
  await expect(page.getByRole('heading', { name: 'Import reverted' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('region', { name: 'What the revert did' })).toContainText('2 records')

  await upload(page, 'next.csv', file, 'Companies')
  await expect(page.getByText(`as it was saved for files of “${mark}”`)).toBeVisible()
  await expect(page.getByLabel('Field for "Firm"')).toHaveValue('name')
  await page.goto(`${urls.dashboard}/imports`)
  await page.getByRole('button', { name: `Forget ${mark}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget source' }).click()
  await expect(page.getByText(mark, { exact: true })).toHaveCount(0)
})

test('a file that can be read in two ways waits for a choice, by keyboard alone and on a phone', async ({
  browser,
}) => {
  const { page, close, errors } = await openAs(browser, 'dashboard', 'manager@globex.test')
  await page.setViewportSize({ width: 375, height: 720 })
  await upload(page, 'two-ways.csv', 'Title;Value;Close date\nTwo ways;1.250;04.09.2027\n')
  const start = page.getByRole('button', { name: 'Start import' })
  await expect(start).toBeDisabled()
  await page.getByLabel('Decimal sign').focus()
  await page.keyboard.type('1.250')
  await page.getByLabel('Date order').focus()
  await page.keyboard.type('31')
  await expect(start).toBeEnabled()
  await start.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible({ timeout: 30_000 })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Revert import' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('an export is written, listed, fetched by its owner alone, and the next one has to wait', async ({
  page,
  browser,
  errors,
}) => {
  await signIn(page, 'dashboard', 'manager@acme.test')
  const ask = () =>
    page.evaluate(async () => {
      const response = await fetch('/api/tenant/v1/exports', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({ kind: 'COMPANY', columns: ['id', 'name', 'domain'] }),
      })
      return { status: response.status, wait: response.headers.get('retry-after') }
    })
  const answers = [await ask(), await ask()]
  expect(answers.map(({ status }) => status)).toEqual([expect.any(Number), 429])
  expect(Number(answers[1]?.wait)).toBeGreaterThan(0)

  await page.goto(`${urls.dashboard}/exports`)
  await page.getByRole('main').getByRole('link', { name: 'Companies' }).first().click()
  await expect(page.getByRole('heading', { name: 'The file is ready' })).toBeVisible({ timeout: 30_000 })
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const text = (await (await (await download).createReadStream()).toArray()).join('')
  expect(text).toContain('Id,Name,Domain\r\n')

  const address = page.url()
  const other = await openAs(browser, 'dashboard', 'owner@acme.test')
  await other.page.goto(address)
  await expect(other.page.getByText('There is no such export.')).toBeVisible()
  await other.close()
  // The browser itself reports the refused request.
  expect(errors.every((error) => error.includes('429'))).toBe(true)
  errors.length = 0
})
