// What closes a fund's day: a bank file with a wrong row, the right one, the same once more; and the books compared.
import type { Page } from '@playwright/test'
import { dayIn, fundWithCall } from './support/fund.ts'
import { openLooks } from './support/looks.ts'
import { expect, signIn, test, urls } from './support/platform.ts'

const header = 'Bank reference,Account,Value date,Amount,Text,Payer'
const day = dayIn(0)
const fileOf = (name: string, rows: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${header}\n${rows.join('\n')}\n`),
})
const choose = (page: Page, file: ReturnType<typeof fileOf>) => page.getByLabel('Choose a CSV file').setInputFiles(file)

test('a bank file with a wrong row says which, the right one is committed, and the same again changes nothing', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const { firm, fundId } = await fundWithCall()
  const { page, found, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  const imports = `${urls.dashboard}/funds/${fundId}/imports`
  await page.goto(imports)
  await expect(page.getByText('No file was brought yet')).toBeVisible()
  await choose(page, fileOf('wrong.csv', [`B-1,DE1,${day},100.25,Thanks,Alder`, `B-2,DE1,${day},(100.00),Fee,Bank`]))
  const errors = page.getByRole('region', { name: 'Rows with errors' })
  await expect(errors).toContainText('brackets')
  await expect(errors.getByRole('row').nth(1)).toContainText('3')
  await expect(page.getByRole('button', { name: /^Commit/ })).toHaveCount(0)
  await look('a file with a wrong row')

  await page.getByRole('link', { name: 'All files' }).click()
  const right = fileOf('right.csv', [`B-1,DE1,${day},100.25,Thanks,Alder`, `B-2,DE1,${day},50.50,Thanks,Birch`])
  await choose(page, right)
  await page.getByRole('button', { name: 'Commit 2 rows' }).click()
  const dialog = page.getByRole('dialog', { name: 'Commit right.csv' })
  await expect(dialog.getByRole('button', { name: 'Commit file' })).toBeDisabled()
  await look('the last question before a file is committed')
  await dialog.getByLabel('Type “Orchard” to confirm').fill('Orchard')
  await dialog.getByRole('button', { name: 'Commit file' }).click()
  await expect(page.getByText('Everything that the file says was done.')).toBeVisible()

  await page.getByRole('link', { name: 'All files' }).click()
  await choose(page, right)
  await expect(page.getByText('This very file was imported already')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Files of the fund' }).getByRole('row')).toHaveCount(3)
  await look('files of a fund')
  await page.goto(`${urls.dashboard}/funds/${fundId}/payments`)
  await expect(page.getByRole('region', { name: 'Receipts', exact: true }).getByRole('article')).toHaveCount(2)
  expect(found).toEqual([])
  await close()
})

test('the books are compared when somebody asks, and the report says what was looked at', async ({ browser }) => {
  test.setTimeout(240_000)
  const { firm, fundId } = await fundWithCall()
  const { page, found, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(`${urls.dashboard}/funds/${fundId}/reconciliation`)
  await expect(page.getByText('Nothing was compared yet')).toBeVisible()
  await page.getByRole('button', { name: 'Compare now' }).click()
  const reports = page.getByRole('region', { name: 'Reports' })
  await expect(reports.getByText('Clean')).toBeVisible()
  await expect(page.getByText('Nothing is out of step')).toBeVisible()
  // The latest report is open.
  const compared = reports.getByRole('list', { name: /^What was compared/ }).getByRole('listitem')
  await expect(compared.filter({ hasText: 'The trial balance is zero' })).toContainText('2')
  await look('a clean report')
  await page.screenshot({ path: test.info().outputPath('reconciliation.png'), fullPage: true })
  expect(found).toEqual([])
  await close()
})
