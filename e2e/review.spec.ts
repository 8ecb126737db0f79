// Flow B: content goes out. Two people, two browsers, one revision.
import { expect, openAs, signIn, test, urls } from './support/platform.ts'

test('a blog post is requested, reviewed, sent back once and approved, without a reload', async ({ page, browser }) => {
  test.setTimeout(180_000)
  const topic = `Why patient capital waits ${Date.now()}`
  await signIn(page, 'dashboard', 'manager@acme.test')
  const reviewer = await openAs(browser, 'dm', 'reviewer@throughline.test')

  await page.getByRole('link', { name: 'Content', exact: true }).click()
  await page.getByRole('button', { name: 'New blog post' }).click()
  await page.getByLabel('Topic').fill(topic)
  await page.getByLabel('Audience').fill('family offices')
  await page.getByLabel('Keywords').fill('patient capital, reserves')
  await page.getByRole('button', { name: 'Request draft' }).click()
  const state = page.getByTestId('activity-state')
  await expect(state).toHaveText('Waiting for review', { timeout: 60_000 })
  await expect(page.getByText('No model was used for this draft').first()).toBeVisible()

  // The queue shows it at once; older demo items come first, so it is reached by claiming through them.
  const queue = reviewer.page
  await expect(queue.getByText(topic).filter({ visible: true }).first()).toBeVisible()
  for (let claims = 0; claims < 12; claims++) {
    await queue.goto(`${urls.dm}/queue`)
    await queue.getByRole('button', { name: 'Claim next' }).click()
    await expect(queue).toHaveURL(/\/reviews\//)
    await expect(queue.getByRole('article', { name: 'Draft' })).toBeVisible()
    if (await queue.getByText(topic).filter({ visible: true }).first().isVisible()) break
    await queue.getByRole('button', { name: 'Approve', exact: false }).first().click()
    await queue.getByRole('button', { name: 'Approve draft' }).click()
    await expect(queue.getByRole('dialog')).toHaveCount(0)
  }
  await expect(queue.getByText('family offices').first()).toBeVisible()
  await expect(state).toHaveText('In review')

  await queue.getByRole('button', { name: /^Request revision/ }).click()
  await queue.getByLabel('Notes for the writer').fill('Add a section about reserves and make it shorter.')
  await queue.getByRole('button', { name: 'Send back' }).click()
  // Version 2 is there without a reload. Its reviewer may have been given it again already: it comes back to them first.
  await expect(page.getByLabel('Version')).toHaveValue('2', { timeout: 60_000 })
  await expect(state).toHaveText(/^(Waiting for review|In review)$/)
  await expect(page.getByText('Add a section about reserves').first()).toBeVisible()

  await queue.goto(`${urls.dm}/queue`)
  await queue.getByRole('button', { name: 'Claim next' }).click()
  await expect(queue.getByText(topic).filter({ visible: true }).first()).toBeVisible()
  await queue.getByText('Show changes').click()
  await expect(queue.locator('ins').first()).toBeVisible()
  await expect(queue.locator('del').first()).toBeAttached()
  await queue
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click()
  await queue.getByRole('button', { name: 'Approve draft' }).click()
  await expect(state).toHaveText('Approved')

  expect(reviewer.errors).toEqual([])
  await reviewer.close()
})
