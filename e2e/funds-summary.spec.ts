// The documents of a won deal: added where the deal is and where its fund is, opened, and summarised with citations.
import { AxeBuilder } from '@axe-core/playwright'
import { toast } from './support/desk.ts'
import { fundWithWonDeal } from './support/fund.ts'
import { press } from './support/keys.ts'
import { openLooks } from './support/looks.ts'
import { expect, openAs, signIn, test, urls } from './support/platform.ts'

/** Without a table of its parts: readers make one. */
function pdfOf(pages: readonly string[]): Buffer {
  const kids = pages.map((_, at) => `${4 + 2 * at} 0 R`).join(' ')
  const parts = pages.flatMap((text, at) => {
    const drawn = `BT /F1 11 Tf 30 700 Td (${text}) Tj ET`
    return [
      `${4 + 2 * at} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * at} 0 R >>\nendobj`,
      `${5 + 2 * at} 0 obj\n<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream\nendobj`,
    ]
  })
  const head = [
    '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj',
    `2 0 obj\n<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>\nendobj`,
    '3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj',
  ]
  return Buffer.from([...head, ...parts, 'trailer\n<< /Root 1 0 R >>\n%%EOF\n'].join('\n'))
}

const memo = {
  name: 'memo.pdf',
  mimeType: 'application/pdf',
  buffer: pdfOf([
    'Acorn builds sensors for greenhouses and employs 85 people.',
    'Revenue was EUR 12.5 million in 2025, 18% more than in the year before.',
  ]),
}
const letter = {
  name: 'letter.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from(
    'The seller has lowered the price to EUR 80,000 because of the risk that a contract ends in 2027.',
  ),
}

test('a won deal is given documents, summarised, and each sentence opens the page that it stands on', async ({
  page,
  browser,
  errors,
}) => {
  test.setTimeout(240_000)
  const { firm, second, post, fundId, dealId } = await fundWithWonDeal()
  await signIn(page, 'dashboard', firm.owner)
  const address = `${urls.dashboard}/deals?deal=${dealId}`
  await page.goto(address)
  const documents = page.getByRole('region', { name: 'Documents', exact: true })
  await expect(documents).toContainText('Documents are kept by the funds that take a part of the deal.')
  await post(`/funds/${fundId}/allocations`, { dealId, amount: '90000.00' })
  await page.reload()

  // From the deal; somebody else looks on.
  const other = await openAs(browser, 'dashboard', second)
  await other.page.goto(address)
  const seen = other.page.getByRole('region', { name: 'Documents', exact: true })
  await expect(seen).toContainText('There is no document about this deal yet.')
  await press(documents.getByRole('button', { name: 'Add a document' }))
  await page.getByRole('dialog', { name: 'Add a document' }).locator('input[type=file]').setInputFiles(memo)
  await expect(documents.getByRole('button', { name: 'memo.pdf', exact: true })).toBeVisible()
  await expect(seen.getByRole('button', { name: 'memo.pdf', exact: true })).toBeVisible()
  await expect(documents).toContainText('None was made yet.')

  await press(documents.getByRole('button', { name: 'Summarise the documents' }))
  const summary = documents.getByRole('list', { name: 'Summary' })
  await expect(summary).toContainText('Revenue was EUR 12.5 million in 2025', { timeout: 40_000 })
  await expect(seen.getByRole('list', { name: 'Summary' })).toContainText('Revenue was EUR 12.5 million in 2025')
  await expect(documents).toContainText('Made without a model')
  await expect(documents.getByRole('button', { name: 'Make it anew' })).toHaveCount(0)

  const source = summary.getByRole('listitem').filter({ hasText: 'Revenue was' }).getByRole('button')
  await expect(source).toHaveAccessibleName(/memo\.pdf, page 2/)
  await press(source)
  const passage = page.getByRole('dialog', { name: 'memo.pdf, page 2' })
  await expect(passage.locator('blockquote')).toContainText('18% more than in the year before')
  await expect(passage.locator('figure')).toHaveCount(1)
  await expect(passage.locator('figure')).toContainText('page 2: Revenue was EUR 12.5 million')
  await press(passage.getByRole('button', { name: 'All pages' }))
  await expect(passage.locator('figure')).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(passage).toHaveCount(0)
  await expect(source).toBeFocused()
  await press(documents.getByRole('button', { name: 'memo.pdf', exact: true }))
  const opened = page.getByRole('dialog', { name: 'Upload: memo.pdf' })
  await expect(opened.locator('figure')).toHaveCount(2)
  await press(opened.getByRole('button', { name: 'Close' }))

  // From the fund: the document is said to be about the deal.
  await page.goto(`${urls.dashboard}/funds/${fundId}/documents`)
  await press(page.getByRole('button', { name: 'Add a document' }))
  const adding = page.getByRole('dialog', { name: 'Add a document' })
  await adding.getByLabel('About').selectOption({ label: 'Series B of Acorn' })
  await adding.locator('input[type=file]').setInputFiles(letter)
  await expect(page.getByRole('row').filter({ hasText: 'letter.txt' })).toBeVisible()
  await expect(seen).toContainText('older than the documents')
  await press(seen.getByRole('button', { name: 'Make it anew' }))
  await expect(seen.getByRole('list', { name: 'Summary' })).toContainText('EUR 80,000', { timeout: 40_000 })
  await expect(seen).not.toContainText('older than the documents')
  await expect(seen).toContainText('Version 2')

  // Taken away: the summary says what it cites that is gone, to whoever looks at it.
  await page.goto(address)
  await press(documents.getByRole('button', { name: 'memo.pdf', exact: true }))
  await press(page.getByRole('dialog', { name: 'Upload: memo.pdf' }).getByRole('button', { name: 'Remove' }))
  const question = page.getByRole('dialog', { name: 'Remove this document?' })
  await expect(question).toContainText('Nobody can open memo.pdf any more')
  await page.screenshot({ path: test.info().outputPath('remove.png') })
  await press(question.getByRole('button', { name: 'Remove it' }))
  await expect(toast(page, 'The document is removed')).toBeVisible()
  for (const side of [documents, seen]) {
    await expect(side.getByRole('button', { name: 'memo.pdf', exact: true })).toHaveCount(0)
    await expect(side).toContainText('memo.pdf was removed by')
    await expect(side).toContainText('older than the documents')
  }
  await press(summary.getByRole('listitem').filter({ hasText: 'Revenue was' }).getByRole('button'))
  await expect(passage).toContainText('its pages cannot be opened any more')
  await expect(passage.locator('figure')).toHaveCount(0)
  await page.screenshot({ path: test.info().outputPath('removed-passage.png') })
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 375, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark' })
  // At another width the panel is made anew: what was found a moment ago may be gone.
  await expect(() => documents.getByText('memo.pdf was removed by').scrollIntoViewIfNeeded()).toPass()
  await page.screenshot({ path: test.info().outputPath('removed-phone.png') })
  await page.setViewportSize({ width: 1280, height: 800 })
  await documents.getByRole('button', { name: 'Make it anew' }).click()
  await expect(documents).toContainText('Version 3', { timeout: 40_000 })
  await expect(documents).not.toContainText('was removed by')
  expect(errors).toEqual([])
  expect(other.errors).toEqual([])
  await other.close()
})

test('documents and their summary look right in both themes and on a phone', async ({ browser }) => {
  test.setTimeout(240_000)
  const { firm, post, fundId, dealId } = await fundWithWonDeal()
  await post(`/funds/${fundId}/allocations`, { dealId, amount: '90000.00' })
  const { page, found, open, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  await open(`${urls.dashboard}/deals?deal=${dealId}`)
  const documents = page.getByRole('region', { name: 'Documents', exact: true })
  await expect(documents).toContainText('There is no document about this deal yet.')
  for (const file of [letter, memo]) {
    await documents.getByRole('button', { name: 'Add a document' }).click()
    await page.getByRole('dialog', { name: 'Add a document' }).locator('input[type=file]').setInputFiles(file)
    await expect(documents.getByRole('button', { name: file.name, exact: true })).toBeVisible()
  }
  await documents.getByRole('button', { name: 'Summarise the documents' }).click()
  const summary = documents.getByRole('list', { name: 'Summary' })
  await expect(summary).toContainText('EUR 80,000', { timeout: 40_000 })
  await look('a deal with a summary of its documents')
  // Opened anew for each screen: the panel is another one on a phone, and takes what is open in it along.
  for (const [name, width, colorScheme] of [
    ['desk', 1280, 'light'],
    ['phone', 375, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 740 })
    await page.emulateMedia({ colorScheme })
    await expect(() => summary.scrollIntoViewIfNeeded()).toPass()
    await page.screenshot({ path: test.info().outputPath(`summary-${name}.png`) })
    await press(summary.getByRole('button', { name: 'memo.pdf, page 2' }))
    const passage = page.getByRole('dialog', { name: 'memo.pdf, page 2' })
    await expect(passage.locator('figure')).toContainText('Revenue was')
    const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze()
    expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target}`)).toEqual([])
    await page.screenshot({ path: test.info().outputPath(`passage-${name}.png`) })
    await page.keyboard.press('Escape')
    await expect(passage).toHaveCount(0)
  }
  await close()
  expect(found).toEqual([])
})
