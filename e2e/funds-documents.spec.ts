// Notices of a call from the desk to the investor: made, mailed, opened without an account.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { here, mailedLink } from './support/accounts.ts'
import { ask, foundFirm, join, tokenOf } from './support/api.ts'
import { openLooks } from './support/looks.ts'
import { expect, onlyRefusals, signIn, test, urls } from './support/platform.ts'

interface Made {
  id: string
  version?: number
}

const dayAfter = (days: number): Date => new Date(Date.now() + days * 86_400_000)
const dayOf = (day: Date): string => day.toISOString().slice(0, 10)
/** Banks are closed at the weekend. */
function businessDayAfter(days: number): string {
  const day = dayAfter(days)
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1)
  return dayOf(day)
}
const account = {
  holder: 'Orchard Fund SCSp',
  bank: 'Bank of Tests',
  account: 'DE89370400440532013000',
  bic: 'COBADEFFXXX',
}

/** A firm with a fund of two investors and an issued call, whose notices were asked for. */
async function issuedCall() {
  const firm = await foundFirm()
  const second = await join(firm, 'admin', 'Sam Second')
  const [token, other] = [await tokenOf(firm.owner), await tokenOf(second)]
  const post = (path: string, body: object, as = token) =>
    ask<Made>(`/tenant/v1${path}`, { method: 'POST', token: as, body })
  const terms = { currency: 'EUR', timeZone: 'Europe/Berlin', vintage: 2026 }
  const fund = await post('/funds', { name: 'Orchard', legalName: 'Orchard Fund SCSp', ...terms })
  await ask(`/tenant/v1/funds/${fund.id}/wire`, { method: 'PUT', token, body: { account } })
  const mark = fund.id.slice(-8)
  for (const name of ['Alder', 'Birch']) {
    const contacts = [{ name, email: `${name.toLowerCase()}-${mark}@investors.test`, notices: true }]
    const investor = await post('/investors', { name: `${name} Pension ${mark}`, kind: 'ENTITY', contacts })
    const signed = { investorId: investor.id, closeName: 'First close', closeDate: '2026-01-05', amount: '1000000.00' }
    await post(`/funds/${fund.id}/commitments`, signed)
  }
  const dates = { noticeDate: dayOf(dayAfter(0)), dueDate: businessDayAfter(30) }
  const components = [{ kind: 'INVESTMENT', label: 'Series B', amount: '100000.01' }]
  const call = await post(`/funds/${fund.id}/capital-calls`, { title: 'First call', ...dates, components })
  await post(`/capital-calls/${call.id}/submit`, {})
  await post(`/capital-calls/${call.id}/approve`, {}, other)
  await post(`/capital-calls/${call.id}/issue`, {})
  await post(`/capital-calls/${call.id}/notices`, {})
  return {
    firm,
    fundId: fund.id,
    callId: call.id,
    contact: `alder-${mark}@investors.test`,
    investor: `Alder Pension ${mark}`,
  }
}

/** What of a PDF is drawn: more than paper. */
const inkOf = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector('canvas')
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    let dark = 0
    for (let at = 0; at < pixels.length; at += 4) if ((pixels[at] ?? 255) < 128 && pixels[at + 3] === 255) dark += 1
    return dark
  })

test('an investor opens the link of a notice, sees what is due, and where to pay to when asked', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const { contact, investor } = await issuedCall()
  const { page, found, look, open, close } = await openLooks(browser)
  const link = here(await mailedLink(page.request, { to: contact, subject: /capital call notice/i }))
  await open(link)
  await expect(page.getByRole('heading', { level: 1, name: 'Orchard Fund SCSp' })).toBeVisible()
  await expect(page).toHaveURL(`${urls.dashboard}/i`)
  await expect(page.getByText(`For ${investor}`)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Payment' })).toContainText('Not paid yet')
  await expect(page.getByText(account.account)).toHaveCount(0)
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/)
  await expect(page.locator('meta[name="referrer"]')).toHaveAttribute('content', 'no-referrer')
  await look('the portal')
  await page.getByRole('button', { name: 'Show bank details' }).click()
  await expect(page.getByText(account.account)).toBeVisible()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.locator('figure').first()).toContainText('Capital call notice 1')
  expect(await inkOf(page)).toBeGreaterThan(1000)
  await look('the portal with a notice')
  await page.screenshot({ path: test.info().outputPath('portal.png'), fullPage: true })
  await page.setViewportSize({ width: 375, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: test.info().outputPath('portal-phone.png'), fullPage: true })
  await close()
  expect(found).toEqual([])
})

test('the desk sees the notices, who has opened them, previews one, and ends its link', async ({ page, errors }) => {
  test.setTimeout(240_000)
  const { firm, fundId, callId, contact, investor } = await issuedCall()
  const link = here(await mailedLink(page.request, { to: contact, subject: /capital call notice/i }))
  await page.goto(link)
  await expect(page.getByRole('heading', { level: 1, name: 'Orchard Fund SCSp' })).toBeVisible()
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(`${urls.dashboard}/funds/${fundId}/documents?call=${callId}`)
  await expect(page.getByText('2 of 2 notices made')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('row').filter({ hasText: investor })).toContainText('Opened')
  await page.goto(`${urls.dashboard}/funds/${fundId}/documents`)

  // Narrowed to one investor, by the address as well.
  const documents = page.getByRole('region', { name: 'Documents' })
  await expect(documents.getByRole('row')).toHaveCount(3)
  await page.getByLabel('Investor', { exact: true }).fill('Alder')
  await page.getByRole('option', { name: investor }).click()
  await expect(page).toHaveURL(/investor=/)
  await expect(documents.getByRole('row')).toHaveCount(2)
  await page.reload()
  await expect(page.getByLabel('Investor', { exact: true })).toHaveValue(investor)
  await page.getByRole('button', { name: `Clear ${investor}` }).click()
  await expect(documents.getByRole('row')).toHaveCount(3)

  // One worker however often a document is opened, and none when the last is left.
  for (let times = 0; times < 3; times++) {
    await page.getByRole('button', { name: investor }).click()
    const panel = page.getByRole('dialog')
    await expect(panel.locator('figure').first()).toContainText('Capital call notice 1')
    expect(page.workers()).toHaveLength(1)
    await panel.getByRole('button', { name: 'Close' }).click()
    await expect(panel).toHaveCount(0)
    await expect.poll(() => page.workers().length).toBe(0)
  }
  await page.getByRole('button', { name: investor }).click()
  const panel = page.getByRole('dialog').first()
  await expect(panel).toContainText(contact)
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('documents.png') })
  await panel.getByRole('button', { name: 'End link' }).click()
  await page.getByRole('button', { name: 'End the link' }).click()
  await expect(panel).toContainText('ended')
  expect(errors).toEqual([])

  await page.goto('about:blank')
  await page.goto(link)
  await expect(page.getByRole('heading', { level: 1, name: 'This link is not valid' })).toBeVisible()
  onlyRefusals(errors, 404)
})
