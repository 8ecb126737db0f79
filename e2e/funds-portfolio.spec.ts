// All funds of a firm together: totals, the funds behind them, what they hold, and what an investor has of each.
import type { Page } from '@playwright/test'
import { ask, foundFirm, tokenOf } from './support/api.ts'
import { dayIn } from './support/fund.ts'
import { press } from './support/keys.ts'
import { openLooks } from './support/looks.ts'
import { expect, openAs, signIn, test, urls } from './support/platform.ts'

interface Made {
  id: string
}

/** Two funds in euros and one in dollars; Alder Pension is in both of the first, and has paid in one. */
async function threeFunds() {
  const firm = await foundFirm()
  const token = await tokenOf(firm.owner)
  const post = (path: string, body: object) => ask<Made>(`/tenant/v1${path}`, { method: 'POST', token, body })
  const fund = (name: string, currency: string) =>
    post('/funds', { name, legalName: `${name} SCSp`, currency, timeZone: 'Europe/Berlin', vintage: 2026 })
  const investor = await post('/investors', { name: 'Alder Pension', kind: 'ENTITY' })
  const signed = (amount: string) => ({
    ...{ investorId: investor.id, closeName: 'First close', closeDate: '2026-01-05', amount },
  })
  const [orchard, meadow] = [await fund('Orchard', 'EUR'), await fund('Meadow', 'EUR')]
  await fund('Prairie', 'USD')
  await post(`/funds/${orchard.id}/commitments`, signed('1000000.00'))
  await post(`/funds/${meadow.id}/commitments`, signed('500000.00'))
  // Paid in advance: cash of the fund, of which a part is invested.
  await post(`/funds/${orchard.id}/payments`, {
    ...{ bankReference: 'B-1', account: 'DE02', valueDate: dayIn(0), amount: '100000.00', currency: 'EUR' },
    to: { investorId: investor.id },
  })
  const deal = await post('/deals', { title: 'Acorn', value: '60000.00' })
  for (const stage of ['QUALIFIED', 'NEGOTIATION', 'CLOSED_WON']) await post(`/deals/${deal.id}/move`, { stage })
  await post(`/funds/${orchard.id}/bookings`, { kind: 'investment', dealId: deal.id, on: dayIn(0), amount: '60000.00' })
  const mark = { dealId: deal.id, on: dayIn(0), value: '75000.00', reason: 'Last round' }
  await post(`/funds/${orchard.id}/marks`, mark)
  await post(`/funds/${orchard.id}/nav`, { on: dayIn(0) })
  return { firm, token, post, orchard: orchard.id, investor: investor.id }
}

const tile = (page: Page, currency: string, name: RegExp) =>
  page.getByRole('list', { name: `Figures in ${currency}` }).getByRole('button', { name })

test('totals open the funds behind them, holdings lead to deals and funds, and an investor has figures of each fund', async ({
  page,
  errors,
}) => {
  test.setTimeout(240_000)
  const { firm, orchard, investor } = await threeFunds()
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(`${urls.dashboard}/funds`)
  await press(page.getByRole('link', { name: 'Portfolio' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Portfolio' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'EUR, 2 funds' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'USD, 1 fund' })).toBeVisible()
  await expect(tile(page, 'EUR', /^Committed/)).toContainText('€1,500,000')
  await expect(tile(page, 'USD', /^TVPI/)).toContainText('nothing is paid in')
  await press(tile(page, 'EUR', /^Committed/))
  const behind = page.getByRole('dialog', { name: 'Committed in EUR: its funds' })
  await expect(behind.getByRole('row').filter({ hasText: 'Meadow' })).toContainText('€500,000')
  await expect(behind.getByRole('row').filter({ hasText: 'Orchard' })).toContainText('€1,000,000')
  await expect(behind.getByRole('row').filter({ hasText: 'Together' })).toContainText('€1,500,000')
  await page.keyboard.press('Escape')
  const holdings = page.getByRole('region', { name: 'Holdings of all funds' })
  await expect(holdings.getByRole('row').filter({ hasText: 'Acorn' })).toContainText('€75,000')
  await expect(holdings.getByRole('row').filter({ hasText: 'Acorn' })).toContainText('1.2500×')
  await press(holdings.getByRole('link', { name: 'Orchard' }))

  // From a struck NAV to the shares of it, and to an investor.
  await press(page.getByRole('button', { name: /^Shares of the NAV of/ }))
  const shares = page.getByRole('list', { name: 'Shares' })
  await expect(shares).toContainText('Alder Pension')
  await shares.getByText('Alder Pension').first().click()
  await shares.getByRole('link', { name: 'Alder Pension in this fund' }).click()
  await expect(page).toHaveURL(new RegExp(`/funds/${orchard}/investors/${investor}`))
  await expect(page.getByText('NAV share', { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'NAV share by period' }).getByRole('row')).toHaveCount(2)
  await page.goto(`${urls.dashboard}/investors/${investor}`)
  const performance = page.getByRole('region', { name: 'Performance' }).last()
  await expect(performance.getByRole('row').filter({ hasText: 'Meadow' })).toContainText('no NAV was struck yet')
  await expect(performance.getByRole('row').filter({ hasText: 'Orchard' })).toContainText('nothing is paid in')
  expect(errors).toEqual([])
})

test('the list of funds and the portfolio follow what happens in any of the funds, and a new fund', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000)
  const { firm, post, orchard } = await threeFunds()
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(`${urls.dashboard}/funds`)
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  await expect(row('Orchard')).toContainText('€1,000,000')
  await post('/investors', { name: 'Birch Pension', kind: 'ENTITY' })
  const other = await openAs(browser, 'dashboard', firm.owner)
  await other.page.goto(`${urls.dashboard}/funds/portfolio`)
  await expect(tile(other.page, 'EUR', /^Committed/)).toContainText('€1,500,000')

  const third = await openAs(browser, 'dashboard', firm.owner)
  await third.page.goto(`${urls.dashboard}/funds/${orchard}/investors`)
  await third.page.getByRole('button', { name: 'Add commitment' }).click()
  const dialog = third.page.getByRole('dialog')
  await dialog.getByLabel('Investor', { exact: true }).fill('Birch')
  await dialog.getByRole('option', { name: /Birch Pension/ }).click()
  await dialog.getByLabel('Amount in EUR').fill('250000')
  await dialog.getByLabel('The amount once more').fill('250000')
  await dialog.getByRole('button', { name: /commitment/i }).click()
  await expect(dialog).toHaveCount(0)
  await expect(row('Orchard')).toContainText('€1,250,000')
  await expect(tile(other.page, 'EUR', /^Committed/)).toContainText('€1,750,000')
  await expect(row('Orchard')).toContainText('2')

  await post('/funds', { name: 'Alpine', legalName: 'Alpine', currency: 'CHF', timeZone: 'UTC', vintage: 2026 })
  await expect(row('Alpine')).toBeVisible()
  for (const { errors, close } of [other, third]) {
    expect(errors).toEqual([])
    await close()
  }
})

test('the portfolio and the figures of an investor look right in both themes, on a desk and on a phone', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const { firm, orchard, investor } = await threeFunds()
  const { page, found, open, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', firm.owner)
  const shots: [string, string][] = [
    ['portfolio', `${urls.dashboard}/funds/portfolio`],
    ['investor', `${urls.dashboard}/investors/${investor}`],
    ['position', `${urls.dashboard}/funds/${orchard}/investors/${investor}`],
    ['terms', `${urls.dashboard}/funds/${orchard}/terms`],
  ]
  for (const [name, url] of shots) {
    await open(url)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(name)
    await page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true })
    await page.setViewportSize({ width: 375, height: 740 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({ path: test.info().outputPath(`${name}-phone-dark.png`), fullPage: true })
  }
  await open(`${urls.dashboard}/funds/portfolio`)
  await tile(page, 'EUR', /^TVPI/).click()
  await expect(page.getByRole('dialog')).toContainText('Together')
  await look('the funds behind a figure')
  await page.screenshot({ path: test.info().outputPath('funds-behind.png') })
  await open(`${urls.dashboard}/funds/${orchard}/valuation`)
  await page.getByRole('button', { name: /^Shares of the NAV of/ }).click()
  await expect(page.getByRole('list', { name: 'Shares' })).toContainText('Alder Pension')
  await look('the shares of a NAV')
  await close()
  expect(found).toEqual([])
})
