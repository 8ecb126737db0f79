// Companies, contacts, and what is there twice.
import type { Page } from '@playwright/test'
import { callApi, type Firm, foundFirm, join, tokenOf } from './support/api.ts'
import { expect, onlyRefusals, openAs, signIn, test, urls } from './support/platform.ts'

let firm: Firm
test.beforeAll(async () => {
  firm = await foundFirm()
})

const page = (path: string) => `${urls.dashboard}${path}`

/** Makes a record through the API. @returns its id */
async function make(what: 'companies' | 'contacts' | 'deals', body: object): Promise<string> {
  const answer = await callApi(`/tenant/v1/${what}`, { method: 'POST', token: await tokenOf(firm.owner), body })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

const toast = (on: Page, text: string) => on.getByRole('listitem').filter({ hasText: text })

test('a company is created, found, changed, deleted with its contacts staying, and brought back', async ({
  page: desk,
}) => {
  await signIn(desk, 'dashboard', firm.owner)
  await desk.getByRole('link', { name: 'Companies' }).click()
  await expect(desk.getByText('No companies yet')).toBeVisible()
  await desk.getByRole('button', { name: 'New company' }).click()
  const dialog = desk.getByRole('dialog', { name: 'New company' })
  await dialog.getByLabel('Name').fill('Initech GmbH')
  await dialog.getByLabel('Domain').fill('https://www.initech.test/about')
  await dialog.getByLabel('Size').selectOption('51-200')
  await dialog.getByLabel('Country').selectOption('Germany')
  await dialog.getByLabel('Tags').fill('VIP, key account')
  await dialog.getByRole('button', { name: 'Create company' }).click()
  await expect(dialog).toHaveCount(0)

  const row = desk.getByRole('row').filter({ hasText: 'Initech GmbH' })
  await expect(row.getByText('initech.test')).toBeVisible()
  await desk.getByLabel('Search companies').fill('inite')
  await expect(desk).toHaveURL(/q=inite/)
  await row.getByRole('link', { name: 'Initech GmbH' }).click()
  const sheet = desk.getByRole('dialog', { name: 'Initech GmbH' })
  await sheet.getByLabel('Industry').fill('Software')
  await sheet.getByRole('button', { name: 'Save changes' }).click()
  await expect(toast(desk, 'Saved')).toBeVisible()

  const companyId = new URL(desk.url()).searchParams.get('company')
  await make('contacts', { name: 'Jane Doe', email: 'jane@initech.test', companyId })
  await expect(sheet.getByRole('link', { name: 'Jane Doe' })).toBeVisible()
  await sheet.getByRole('button', { name: 'Delete' }).click()
  await expect(desk.getByText('Linked to it: 1 contact.')).toBeVisible()
  await desk.getByRole('button', { name: 'Move to trash' }).click()
  await expect(desk.getByText('No companies match')).toBeVisible()
  await toast(desk, 'Initech GmbH is in the trash').getByRole('button', { name: 'Undo' }).click()
  await expect(row).toBeVisible()

  await desk.goto(page('/contacts'))
  await desk.getByRole('link', { name: 'Jane Doe' }).click()
  await expect(desk.getByRole('dialog', { name: 'Jane Doe' }).getByRole('link', { name: 'Initech GmbH' })).toBeVisible()
})

test('what is there already is named before it is there twice, and merged with a way back', async ({
  page: desk,
  errors,
}) => {
  await make('companies', { name: 'Umbrella AG', industry: 'Pharma', domain: 'umbrella.test' })
  await signIn(desk, 'dashboard', firm.owner)
  await desk.goto(page('/companies'))
  await desk.getByRole('button', { name: 'New company' }).click()
  const dialog = desk.getByRole('dialog', { name: 'New company' })
  await dialog.getByLabel('Name').fill('Umbrella Ltd')
  await dialog.getByRole('button', { name: 'Create company' }).click()
  const warning = dialog.getByRole('alert').filter({ hasText: 'This may be there already' })
  await expect(warning.getByRole('link', { name: 'Umbrella AG' })).toBeVisible()
  await warning.getByRole('button', { name: 'Create all the same' }).click()
  await expect(dialog).toHaveCount(0)
  // The browser itself reports the refused request.
  expect(errors.every((error) => error.includes('409'))).toBe(true)
  errors.length = 0

  await desk.getByRole('link', { name: 'Duplicates' }).click()
  await expect(desk.getByText('same name')).toBeVisible()
  await desk.getByRole('button', { name: 'Compare Umbrella AG and Umbrella Ltd' }).click()
  const merge = desk.getByRole('dialog', { name: 'Merge into one' })
  await expect(merge.getByText('umbrella.test')).toBeVisible()
  await merge.getByRole('button', { name: 'Keep the other one' }).click()
  await merge.getByRole('radio', { name: 'Umbrella AG' }).check()
  await merge.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(desk.getByText('No duplicates found')).toBeVisible()
  await toast(desk, 'Merged into one').getByRole('button', { name: 'Undo' }).click()
  await expect(toast(desk, 'The merge was undone')).toBeVisible()
  await expect(desk.getByRole('button', { name: 'Compare Umbrella AG and Umbrella Ltd' })).toBeVisible()
})

test('what somebody types stays while another changes the company, and who that was is told', async ({
  page: desk,
  errors,
}) => {
  const id = await make('companies', { name: 'Tyrell', country: 'DE' })
  const other = await tokenOf(await join(firm, 'admin', 'Ada Admin'))
  const patch = (body: object) => callApi(`/tenant/v1/companies/${id}`, { method: 'PATCH', token: other, body })
  await signIn(desk, 'dashboard', firm.owner)
  await desk.goto(page(`/companies?company=${id}`))
  const sheet = desk.getByRole('dialog', { name: 'Tyrell' })
  // Where nothing was typed, what is new appears.
  expect((await patch({ domain: 'tyrell.test' })).status).toBe(200)
  await expect(sheet.getByLabel('Domain')).toHaveValue('tyrell.test')
  await sheet.getByLabel('Industry').fill('Robotics')
  expect((await patch({ name: 'Tyrell Corp' })).status).toBe(200)
  const renamed = desk.getByRole('dialog', { name: 'Tyrell Corp' })
  await expect(renamed.getByLabel('Industry')).toHaveValue('Robotics')
  await renamed.getByRole('button', { name: 'Save changes' }).click()
  await expect(renamed.getByRole('alert')).toContainText('Ada Admin changed this company in the meantime')
  await expect(renamed.getByLabel('Industry')).toHaveValue('Robotics')
  onlyRefusals(errors, 412)
  await renamed.getByRole('button', { name: 'Show theirs' }).click()
  await expect(renamed.getByLabel('Name')).toHaveValue('Tyrell Corp')
  await renamed.getByLabel('Industry').fill('Robotics')
  await renamed.getByRole('button', { name: 'Save changes' }).click()
  await expect(toast(desk, 'Saved')).toBeVisible()
})

test('a contact is written down with the keyboard alone', async ({ page: desk }) => {
  await make('companies', { name: 'Keyboard Works' })
  await signIn(desk, 'dashboard', firm.owner)
  await desk.goto(page('/contacts'))
  await desk.getByRole('button', { name: 'New contact' }).focus()
  await desk.keyboard.press('Enter')
  const dialog = desk.getByRole('dialog', { name: 'New contact' })
  await expect(dialog).toBeVisible()
  for (const text of ['Kim Keys', 'CFO', 'kim@keys.test\nk@keys.test', '+49 30 1234567']) {
    await desk.keyboard.insertText(text)
    await desk.keyboard.press('Tab')
  }
  await desk.keyboard.insertText('keyb')
  await expect(
    dialog.getByLabel('Company', { exact: true }).getByRole('option', { name: 'Keyboard Works' }),
  ).toBeAttached()
  await desk.keyboard.press('Tab')
  await expect(async () => {
    await desk.keyboard.press('K')
    await expect(dialog.getByLabel('Company', { exact: true })).not.toHaveValue('', { timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await dialog.getByRole('button', { name: 'Create contact' }).focus()
  await desk.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await desk.getByRole('link', { name: 'Kim Keys' }).focus()
  await desk.keyboard.press('Enter')
  const sheet = desk.getByRole('dialog', { name: 'Kim Keys' })
  await expect(sheet.getByLabel('E-mails')).toHaveValue('kim@keys.test\nk@keys.test')
  await expect(sheet.getByLabel('Phones')).toHaveValue('+49 30 1234567')
  await expect(sheet.getByRole('link', { name: 'Keyboard Works' })).toBeVisible()
  await desk.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
})

test('on a phone companies are cards, open in full width, and come back from the trash', async ({ browser }) => {
  const id = await make('companies', { name: 'Pocket Foods', domain: 'pocket.test', country: 'NL' })
  const context = await browser.newContext({ viewport: { width: 375, height: 740 } })
  const phone = await context.newPage()
  await signIn(phone, 'dashboard', firm.owner)
  await phone.goto(page('/companies?q=pocket'))
  const cards = phone.getByRole('list', { name: 'Companies' })
  await expect(cards.getByText('pocket.test · Netherlands')).toBeVisible()
  await cards.getByRole('link', { name: 'Pocket Foods' }).click()
  const sheet = phone.getByRole('dialog', { name: 'Pocket Foods' })
  expect((await sheet.boundingBox())?.width).toBe(375)
  await sheet.getByRole('button', { name: 'Delete' }).click()
  await expect(sheet).toHaveCount(0)
  await phone.goto(page('/companies?trash=yes'))
  await phone.getByRole('button', { name: 'Restore Pocket Foods' }).click()
  await expect(phone.getByText('The trash is empty')).toBeVisible()
  await phone.goto(page(`/companies?company=${id}`))
  await expect(phone.getByRole('dialog', { name: 'Pocket Foods' })).toBeVisible()
  const overflow = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBe(0)
  await context.close()
})

test('a member changes their own companies only, and sees no duplicates', async ({ browser }) => {
  const foreign = await make('companies', { name: 'Of the owner' })
  const { page: desk, errors, close } = await openAs(browser, 'dashboard', await join(firm, 'member', 'Mika Member'))
  await desk.goto(page(`/companies?company=${foreign}`))
  const sheet = desk.getByRole('dialog', { name: 'Of the owner' })
  await expect(sheet.getByLabel('Name')).toBeDisabled()
  await expect(sheet.getByRole('button', { name: 'Delete' })).toHaveCount(0)
  await desk.goto(page('/companies'))
  await expect(desk.getByRole('link', { name: 'Duplicates' })).toHaveCount(0)
  await expect(desk.getByRole('button', { name: 'New company' })).toBeVisible()
  await desk.goto(page('/duplicates'))
  await expect(desk.getByText('This is not for your role')).toBeVisible()
  expect(errors).toEqual([])
  await close()
})
