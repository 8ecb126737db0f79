// What the firm's deals come to: every number opens the deals behind it.
import { callApi } from './support/api.ts'
import { foundDesk, rowOf } from './support/desk.ts'
import { expect, signIn, test, urls } from './support/platform.ts'

test('a manager picks a period with the keyboard and opens the deals behind a number', async ({ page }) => {
  await signIn(page, 'dashboard', 'manager@acme.test')
  await page.getByRole('link', { name: 'Reports', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Reports' })).toBeVisible()
  for (const name of ['Pipeline by stage', 'Forecast by month', 'Funnel', 'Sources', 'Leaderboard'])
    await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Where the probabilities come from' })).toBeVisible()

  const period = page.getByLabel('Period')
  await period.focus()
  await page.keyboard.type('Last twelve')
  await expect(period).toHaveValue('twelveMonths')
  await expect(page).toHaveURL(/period=twelveMonths/)
  await page.reload()
  await expect(page.getByLabel('Period')).toHaveValue('twelveMonths')
  // A choice that is made before the page has woken up is lost; its numbers are there only afterwards.
  await expect(page.getByRole('region', { name: 'Pipeline by stage' }).getByRole('row').first()).toBeVisible()

  await period.selectOption('custom')
  await page.getByLabel('First day').fill('2026-05-02')
  await page.getByLabel('Last day').fill('2026-05-01')
  await expect(page.getByText('Must not be before the first day.')).toBeVisible()
  await page.getByLabel('Last day').fill('2026-05-31')
  await expect(page.getByText('May 2, 2026 to May 31, 2026')).toBeVisible()

  const qualified = page.getByRole('region', { name: 'Pipeline by stage' }).getByRole('row', { name: /^Qualified/ })
  await qualified.getByRole('link').first().focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/deals\?stage=QUALIFIED/)
  await expect(page.getByRole('heading', { level: 1, name: 'Deals' })).toBeVisible()
})

test('a report fits on a phone, as lists with the same numbers', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 800 })
  await signIn(page, 'dashboard', 'manager@acme.test')
  await page.goto(`${urls.dashboard}/reports`)
  const stages = page.getByRole('list', { name: 'Pipeline by stage' })
  await expect(stages.getByRole('listitem')).toHaveCount(5)
  await expect(stages.getByRole('link').first()).toBeVisible()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
})

test('a win rate opens the won and the lost deals behind it, and no others', async ({ page }) => {
  const desk = await foundDesk([
    { title: 'Alder', value: '100.00', stage: 'NEGOTIATION' },
    { title: 'Birch', value: '300.00', stage: 'NEGOTIATION' },
    { title: 'Cedar', value: '200.00' },
  ])
  const close = (title: string, body: object) =>
    callApi(`/tenant/v1/deals/${desk.deals.get(title)}/move`, { method: 'POST', token: desk.token, body })
  expect((await close('Alder', { stage: 'CLOSED_WON' })).status).toBe(200)
  expect((await close('Birch', { stage: 'CLOSED_LOST', lostReason: 'Too dear' })).status).toBe(200)
  await signIn(page, 'dashboard', desk.owner)
  for (const table of ['Leaderboard', 'Sources']) {
    await page.goto(`${urls.dashboard}/reports`)
    await page.getByRole('region', { name: table }).getByRole('link', { name: '50%' }).click()
    await expect(page).toHaveURL(/stage=CLOSED_WON.*stage=CLOSED_LOST/)
    await expect(rowOf(page, 'Alder')).toBeVisible()
    await expect(rowOf(page, 'Birch')).toBeVisible()
    await expect(rowOf(page, 'Cedar')).toHaveCount(0)
  }
})
