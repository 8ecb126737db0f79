// A firm tells its other systems what happens, and decides about leads that were held back. Nothing of a test leaves this
// machine, so the receiver is a name that nobody has: its messages are tried, and fail.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ask, callApi, type Firm, foundFirm, tokenOf } from './support/api.ts'
import { press } from './support/keys.ts'
import { expect, signIn, test, urls } from './support/platform.ts'

let firm: Firm
test.beforeAll(async () => {
  firm = await foundFirm()
})

const open = async (page: Page, path: string) => {
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(`${urls.dashboard}${path}`)
}
const seriousOn = async (page: Page) => {
  // A notice that is still fading in has no contrast yet.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  return (await new AxeBuilder({ page }).analyze()).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes[0]?.target}`)
}

test('a webhook is made with the keyboard, tested, looked into, paused, rotated and removed', async ({ page }) => {
  await open(page, '/settings/webhooks')
  await expect(page.getByText('No webhooks yet')).toBeVisible()
  await press(page.getByRole('button', { name: 'New webhook' }))
  await expect(page.getByLabel('URL')).toBeFocused()
  await page.keyboard.type('https://hooks.nobody.invalid/in')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Warehouse')
  await expect(page.getByRole('button', { name: 'Create webhook' })).toBeDisabled()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(page.getByRole('checkbox', { name: 'A deal is created' })).toBeChecked()
  expect(await seriousOn(page)).toEqual([])
  await page.keyboard.press('Enter')
  const shown = page.getByRole('dialog', { name: 'The secret of your webhook' })
  await expect(shown.getByLabel('Secret', { exact: true })).toHaveValue(/^whsec_[A-Za-z0-9+/]{43}=$/)
  await page.keyboard.press('Escape')
  await expect(shown, 'it is shown once: Escape does not take it away').toBeVisible()
  await press(shown.getByRole('button', { name: 'I have stored the secret' }))

  const row = page.getByRole('row').filter({ hasText: 'Warehouse' })
  await expect(row.getByText('Active')).toBeVisible()
  await press(row.getByRole('button', { name: /Warehouse/ }))
  const panel = page.getByRole('dialog', { name: 'Warehouse' })
  await press(panel.getByRole('button', { name: 'Send a test' }))
  const message = panel.getByRole('button', { name: /webhook\.test/ })
  await expect(message).toBeVisible()
  expect(await seriousOn(page)).toEqual([])
  await press(message)
  await expect(panel.getByRole('listitem').filter({ hasText: 'Try 1' }).getByText('No answer')).toBeVisible()
  await expect(panel.getByRole('region', { name: 'Body' }).getByText('"webhook.test"')).toBeVisible()
  await press(panel.getByRole('button', { name: 'All messages' }))
  await expect(panel.getByText('Failing', { exact: true })).toBeVisible()

  await panel.getByRole('button', { name: 'Pause' }).click()
  await expect(panel.getByText('Nothing is sent.')).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Send a test' })).toBeDisabled()
  const token = await tokenOf(firm.owner)
  await ask('/tenant/v1/deals', { method: 'POST', token, body: { title: 'Told later' } })
  await expect(panel.getByRole('button', { name: /deal\.created.*Waiting/s })).toBeVisible()
  await panel.getByRole('button', { name: 'Resume' }).click()

  const more = async (item: string) => {
    await panel.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await more('Rotate the secret')
  await page.getByRole('button', { name: 'Rotate secret' }).click()
  await expect(shown).toBeVisible()
  await shown.getByRole('button', { name: 'I have stored the secret' }).click()
  await expect(panel.getByText(/signs until/)).toBeVisible()
  await more('Edit')
  await page.getByLabel('Description').fill('The other warehouse')
  await page.getByRole('button', { name: 'Save' }).click()
  const renamed = page.getByRole('dialog', { name: 'The other warehouse' })
  await expect(renamed).toBeVisible()
  await renamed.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove webhook' }).click()
  await expect(page.getByText('No webhooks yet')).toBeVisible()
})

test('an address of the inside is refused, in words', async ({ page, errors }) => {
  await open(page, '/settings/webhooks')
  await page.getByRole('button', { name: 'New webhook' }).click()
  await page.getByLabel('URL').fill('http://169.254.169.254/latest')
  await page.getByRole('checkbox', { name: 'A lead comes in' }).check()
  await page.getByRole('button', { name: 'Create webhook' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be called from here' })).toBeVisible()
  // What the browser logs is that it was refused.
  expect(errors.splice(0).filter((error) => !error.includes('422'))).toEqual([])
})

test('a held lead appears without a reload and is accepted; another is discarded on a phone', async ({ page }) => {
  const token = await tokenOf(firm.owner)
  const { key } = await ask<{ key: string }>('/tenant/v1/api-keys', {
    method: 'POST',
    token,
    body: { name: 'Website', scopes: ['lead:create'] },
  })
  const send = async (name: string) => {
    const body = { name, email: `${name.toLowerCase()}@bots.test`, message: 'Buy my links', honeypot: 'x' }
    expect((await callApi('/tenant/v1/leads', { method: 'POST', token: key, body })).status).toBe(202)
  }
  await open(page, '/leads')
  await expect(page.getByText('Nothing is held back')).toBeVisible()
  await send('Ada')
  const row = page.getByRole('row').filter({ hasText: 'Ada' })
  await expect(row).toBeVisible()
  expect(await seriousOn(page)).toEqual([])
  await press(row.getByRole('button', { name: /^Ada/ }))
  const panel = page.getByRole('dialog', { name: 'Ada' })
  await expect(panel.getByText('Buy my links')).toBeVisible()
  await press(panel.getByRole('button', { name: 'Accept Ada' }))
  await expect(page.getByText('Nothing is held back')).toBeVisible()
  await page.getByLabel('Show').selectOption('Accepted')
  await press(page.getByRole('row').filter({ hasText: 'Ada' }).getByRole('button'))
  await page.getByRole('link', { name: 'Open the deal' }).click()
  await expect(page.getByRole('dialog', { name: 'Enquiry: Ada' })).toBeVisible()

  await page.setViewportSize({ width: 375, height: 740 })
  await page.goto(`${urls.dashboard}/leads`)
  await send('Bob')
  const card = page.getByRole('listitem').filter({ hasText: 'Bob' })
  await expect(card).toBeVisible()
  expect(await seriousOn(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  await card.getByRole('button', { name: 'Discard Bob' }).click()
  await expect(page.getByText('Nothing is held back')).toBeVisible()
})
