// The deal desk: list, board, calendar and panel, by keys alone, on a phone, and by two people at once.

import { callApi, tokenOf } from './support/api.ts'
import { drag, openList, owner, rowOf, test, toast } from './support/desk.ts'
import { press } from './support/keys.ts'
import { expect, onlyRefusals, openAs, signIn } from './support/platform.ts'

const three = [
  { title: 'Alder', value: '100.00' },
  { title: 'Birch', value: '300.00' },
  { title: 'Cedar', value: '200.00', stage: 'QUALIFIED' },
]

test('by keys alone: filter, sort, edit, select, move, undo, open, lose with a reason, delete, undo', async ({
  page,
  desk,
}) => {
  await desk.add(...three)
  await signIn(page, 'dashboard', owner)
  await page.goto(desk.at('/pipeline'))
  await expect(page.getByRole('region', { name: 'Lead' }).getByRole('article', { name: 'Alder' })).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.getByRole('heading', { level: 1, name: 'Deals' })).toBeVisible()
  await expect(rowOf(page, 'Alder')).toBeVisible()

  // Filter by stage, as a chip and in the address; the back button takes it away.
  await page.getByRole('button', { name: 'Stage' }).focus()
  await page.keyboard.press('Enter')
  await press(page.getByRole('checkbox', { name: 'Lead' }), 'Space')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/stage=LEAD/)
  await expect(rowOf(page, 'Cedar')).toHaveCount(0)
  await page.goBack()
  await expect(rowOf(page, 'Cedar')).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByLabel('Search deals')).toBeFocused()

  // Sort by value, highest first.
  await press(page.getByRole('columnheader', { name: 'Value' }).getByRole('button'))
  await expect(page.getByRole('columnheader', { name: 'Value' })).toHaveAttribute('aria-sort', 'descending')
  await expect(page.getByRole('grid').getByRole('link').first()).toHaveText('Birch')

  // Edit the title, then the value two cells on.
  await page.keyboard.press('j')
  await expect(page.locator(':focus')).toHaveText('Birch')
  await page.keyboard.press('e')
  await page.keyboard.type('Birch & Sons')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Birch & Sons' })).toBeFocused()
  await page.keyboard.press('e')
  await page.keyboard.type('not this')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('link', { name: 'Birch & Sons' })).toBeFocused()
  for (const _ of ['company', 'stage', 'value']) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.type('1,250.5')
  await page.keyboard.press('Enter')
  await expect(rowOf(page, 'Birch & Sons')).toContainText('€1,250.50')
  await expect.poll(async () => (await desk.read('Birch')).value).toBe('1250.50')

  // Select two, move both, and take it back.
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('X')
  await expect(page.getByText('2 selected')).toBeVisible()
  await page.keyboard.press('m')
  await expect(page.getByRole('dialog', { name: 'Move 2 deals' })).toBeVisible()
  await page.keyboard.press('3')
  await expect(toast(page, '2 moved')).toBeVisible()
  await expect(rowOf(page, 'Cedar')).toContainText('Negotiation')
  await page.keyboard.press('z')
  await expect(toast(page, '2 put back')).toBeVisible()
  await expect(rowOf(page, 'Cedar')).toContainText('Qualified')
  await page.keyboard.press('Escape')

  // Open the row, lose the deal for a reason, go to the next and back.
  await page.keyboard.press('o')
  const panel = page.getByRole('dialog', { name: 'Cedar' })
  await expect(panel.getByLabel('Title')).toHaveValue('Cedar')
  await expect(page).toHaveURL(/deal=/)
  await panel.press('m')
  await page.keyboard.press('5')
  await expect(page.getByRole('dialog', { name: 'Why was Cedar lost?' })).toBeVisible()
  await page.keyboard.type('Too dear')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(panel.getByText('Lost because: Too dear')).toBeVisible()
  const timeline = panel.getByRole('region', { name: 'Timeline' })
  await expect(timeline).toContainText('From Qualified to Lost, after less than a day – Too dear')
  await expect(panel.getByRole('region', { name: 'History' })).toHaveCount(0)
  await panel.getByRole('button', { name: 'Close' }).focus()
  await page.keyboard.press('j')
  await expect(page.getByRole('dialog', { name: 'Alder' })).toBeVisible()
  await page.keyboard.press('k')
  await expect(panel).toBeVisible()

  // Into the trash and back.
  await page.keyboard.press('#')
  await expect(toast(page, 'Cedar is in the trash')).toBeVisible()
  await expect(panel.getByText('In the trash')).toBeVisible()
  await expect(panel.getByRole('region', { name: 'History' })).toContainText('“Too dear”')
  await page.keyboard.press('z')
  await expect(toast(page, 'Cedar is back')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(rowOf(page, 'Cedar')).toContainText('Lost')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
})

test('at 375 px everything is there: filter, open, edit, move, select and delete', async ({ page, desk }) => {
  await desk.add(...three)
  await page.setViewportSize({ width: 375, height: 740 })
  await signIn(page, 'dashboard', owner)
  await page.goto(desk.at('/deals'))
  const list = page.getByRole('list', { name: 'Deals' })
  await expect(list.getByRole('listitem')).toHaveCount(3)

  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByRole('dialog', { name: 'Filters' }).getByRole('checkbox', { name: 'Qualified' }).check()
  await page.getByRole('button', { name: 'Show deals' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: 'Remove Qualified' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(3)

  await list.getByRole('link', { name: 'Alder' }).click()
  const panel = page.getByRole('dialog', { name: 'Alder' })
  await panel.getByLabel('Value (EUR)').fill('999')
  await press(panel.getByLabel('Value (EUR)'))
  await expect(panel.getByText('€999')).toBeVisible()
  await panel.getByLabel('Stage').selectOption('NEGOTIATION')
  await expect(toast(page, 'Alder is in Negotiation now')).toBeVisible()
  await panel.getByRole('button', { name: 'Close' }).click()

  await list.getByRole('checkbox', { name: 'Select Birch' }).check()
  await list.getByRole('checkbox', { name: 'Select Cedar' }).check()
  await page.getByRole('region', { name: 'Chosen deals' }).getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete 2 deals' }).click()
  await expect(toast(page, '2 deleted')).toBeVisible()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await toast(page, '2 deleted').getByRole('button', { name: 'Undo' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(3)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

test('two browsers stay in step: a move, an edit, a new deal and a deleted one', async ({ browser, desk }) => {
  await desk.add(...three)
  const one = await openAs(browser, 'dashboard', owner)
  await one.page.goto(desk.at('/pipeline'))
  const other = await openList(browser, desk, owner)
  const lead = one.page.getByRole('region', { name: 'Lead' })
  const qualified = one.page.getByRole('region', { name: 'Qualified' })
  await expect(lead.getByRole('article')).toHaveCount(2)

  await other.page.getByRole('button', { name: 'Priority of Alder: Medium. Edit' }).click()
  await other.page.getByRole('menuitem', { name: 'Urgent' }).click()
  await expect(lead.getByRole('article', { name: 'Alder' })).toContainText('Urgent')

  await lead.getByRole('button', { name: 'Move Alder' }).click()
  await one.page.getByRole('menuitem', { name: 'Move to Qualified' }).click()
  await expect(qualified.getByRole('article', { name: 'Alder' })).toBeVisible()
  await expect(qualified).toContainText('2 deals · €300')
  await expect(rowOf(other.page, 'Alder')).toContainText('Qualified')

  await desk.add({ title: 'Dogwood' })
  await expect(rowOf(other.page, 'Dogwood')).toBeVisible()
  await expect(lead.getByRole('article', { name: 'Dogwood' })).toBeVisible()
  await rowOf(other.page, 'Birch').getByRole('button', { name: 'Actions for Birch' }).click()
  await other.page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(lead.getByRole('article', { name: 'Birch' })).toHaveCount(0)
  for (const { errors, close } of [one, other]) {
    expect(errors).toEqual([])
    await close()
  }
})

test('an edit of what somebody else changed meanwhile says so, and one of another field just stands', async ({
  page,
  desk,
  errors,
}) => {
  await desk.add(...three)
  const token = await tokenOf('manager@globex.test')
  const patch = (body: object) => callApi(`/tenant/v1/deals/${desk.idOf('Alder')}`, { method: 'PATCH', token, body })
  await signIn(page, 'dashboard', owner)
  await page.goto(desk.at('/deals'))
  await page.getByRole('button', { name: 'Value of Alder: €100. Edit' }).click()
  expect((await patch({ value: '175.00' })).status).toBe(200)
  await page.getByLabel('Value of Alder').fill('120')
  await page.keyboard.press('Enter')
  const ask = page.getByRole('dialog', { name: 'Milan Novak changed Alder in the meantime' })
  await expect(ask).toContainText('is now €175, was €100 before')
  await ask.getByRole('button', { name: 'Keep the newest' }).click()
  await expect(rowOf(page, 'Alder')).toContainText('€175')

  await page.getByRole('button', { name: 'Value of Alder: €175. Edit' }).click()
  expect((await patch({ priority: 'HIGH' })).status).toBe(200)
  await page.getByLabel('Value of Alder').fill('180')
  await page.keyboard.press('Enter')
  await expect(rowOf(page, 'Alder')).toContainText('€180')
  await expect(rowOf(page, 'Alder')).toContainText('High')
  expect((await desk.read('Alder')).value).toBe('180.00')
  onlyRefusals(errors, 412)
})

test('what is refused is explained, and stands where it stood', async ({ page, browser, desk, errors }) => {
  await desk.add(...three, { title: 'Elm', stage: 'NEGOTIATION' })
  const won = await desk.call(`/${desk.idOf('Elm')}/move`, 'POST', { stage: 'CLOSED_WON' })
  expect(won.status).toBe(200)
  await signIn(page, 'dashboard', owner)
  await page.goto(desk.at('/pipeline'))
  const column = page.getByRole('region', { name: 'Won' })
  await column.getByRole('button', { name: 'Move Elm' }).click()
  await page.getByRole('menuitem', { name: 'Move to Lost' }).click()
  // It was not asked for a reason that would not have helped.
  await expect(toast(page, 'must be re-opened before')).toContainText('Elm was not moved')
  await expect(column.getByRole('article', { name: 'Elm' })).toBeVisible()

  onlyRefusals(errors, 409)

  const member = await openList(browser, desk, 'member@globex.test')
  await expect(member.page.getByRole('button', { name: /^Value of Alder/ })).toHaveCount(0)
  await member.page.getByRole('checkbox', { name: 'Select Alder' }).check()
  await member.page.getByRole('checkbox', { name: 'Select Birch' }).check()
  await member.page.getByRole('region', { name: 'Chosen deals' }).getByRole('button', { name: 'Move' }).click()
  await member.page.getByRole('button', { name: 'Move to Qualified' }).click()
  await expect(toast(member.page, 'None moved, 2 skipped: not yours')).toBeVisible()
  expect(member.errors).toEqual([])
  await member.close()
})

test('a card is picked up, carried and dropped by keys, and each step is said', async ({ page, desk }) => {
  await desk.add(...three)
  await signIn(page, 'dashboard', owner)
  await page.goto(desk.at('/pipeline'))
  const card = page.getByRole('region', { name: 'Lead' }).getByRole('article', { name: 'Alder' })
  const status = page.getByRole('status').filter({ hasText: /picked up|Over|dropped|back/ })
  await card.focus()
  await page.keyboard.press('Space')
  await expect(status).toContainText('Alder is picked up, in Lead')
  await page.keyboard.press('ArrowRight')
  await expect(status).toContainText('Over Qualified, 2 of 5')
  await page.keyboard.press('Escape')
  await expect(status).toContainText('Alder is back in Lead')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  const moved = page.getByRole('region', { name: 'Qualified' }).getByRole('article', { name: 'Alder' })
  await expect(moved).toBeVisible()
  await expect(moved).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Alder' })).toBeVisible()
  await expect(page).toHaveURL(/pipeline\?.*deal=/)
})

test('a card is dragged with the mouse, by its title as well, and columns say what they weigh', async ({
  page,
  desk,
}) => {
  await desk.add(
    { title: 'Alder', value: '200.00', probability: 30 },
    { title: 'Birch', value: '100.00', probability: 0 },
  )
  await signIn(page, 'dashboard', owner)
  await page.goto(desk.at('/pipeline'))
  const lead = page.getByRole('region', { name: 'Lead' })
  const qualified = page.getByRole('region', { name: 'Qualified' })
  // Of the deals that the filter shows, each by its own probability; 0 is 0.
  await expect(lead).toContainText('€60 weighted')
  await drag(page, lead.getByRole('article', { name: 'Alder' }), qualified)
  await expect(qualified.getByRole('article', { name: 'Alder' })).toBeVisible()
  await expect(toast(page, 'Alder is in Qualified now')).toBeVisible()
  await expect(qualified).toContainText('€60 weighted')
  await expect(lead).toContainText('€0 weighted')
  await drag(page, lead.getByRole('link', { name: 'Birch' }), qualified)
  await expect(qualified.getByRole('article')).toHaveCount(2)
  // The screen is ahead of the API.
  await expect.poll(async () => (await desk.read('Birch')).stage).toBe('QUALIFIED')
  // Dropped where it came from, or beside the board, nothing happens.
  await drag(page, qualified.getByRole('article', { name: 'Birch' }), page.getByRole('heading', { level: 1 }))
  await expect(qualified.getByRole('article')).toHaveCount(2)
})

test('a drop that cannot be is explained, and one that needs a reason asks for it', async ({ page, desk, errors }) => {
  await page.setViewportSize({ width: 1900, height: 900 })
  await desk.add(...three, { title: 'Elm', stage: 'NEGOTIATION' })
  expect((await desk.call(`/${desk.idOf('Elm')}/move`, 'POST', { stage: 'CLOSED_WON' })).status).toBe(200)
  await signIn(page, 'dashboard', owner)
  await page.goto(desk.at('/pipeline'))
  const column = (name: string) => page.getByRole('region', { name, exact: true })
  await drag(page, column('Won').getByRole('article', { name: 'Elm' }), column('Lost'))
  await expect(toast(page, 'Elm was not moved')).toContainText('must be re-opened before')
  await expect(column('Won').getByRole('article', { name: 'Elm' })).toBeVisible()
  onlyRefusals(errors, 409)

  await drag(page, column('Lead').getByRole('article', { name: 'Alder' }), column('Lost'))
  const ask = page.getByRole('dialog', { name: 'Why was Alder lost?' })
  await expect(ask.getByLabel('Reason')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(ask).toHaveCount(0)
  await expect(column('Lead').getByRole('article', { name: 'Alder' })).toBeVisible()
  await drag(page, column('Lead').getByRole('article', { name: 'Alder' }), column('Lost'))
  await ask.getByLabel('Reason').fill('Too dear')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(column('Lost').getByRole('article', { name: 'Alder' })).toBeVisible()
  await expect.poll(async () => (await desk.read('Alder')).lostReason).toBe('Too dear')
})

test('all that match are chosen, not only the rows that the list has shown', async ({ page, desk }) => {
  await desk.add(...Array.from({ length: 52 }, (_, index) => ({ title: `Reed ${index}` })))
  await signIn(page, 'dashboard', owner)
  await page.goto(desk.at('/deals'))
  await page.getByRole('checkbox', { name: 'Select all 50 shown' }).check()
  await expect(page.getByText('All 50 shown are selected.')).toBeVisible()
  await page.getByRole('button', { name: 'Select all 52 that match' }).click()
  await expect(page.getByText('All 52 that match are selected.')).toBeVisible()
  const bar = page.getByRole('region', { name: 'Chosen deals' })
  await expect(bar).toContainText('52 selected')
  await bar.getByRole('button', { name: 'Priority' }).click()
  await page.getByRole('menuitem', { name: 'Urgent' }).click()
  await expect(toast(page, '52 given a priority')).toBeVisible()
  expect((await desk.read('Reed 0')).priority).toBe('URGENT')
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})

test('the calendar goes by days and months, and gives a deal another day', async ({ page, desk }) => {
  await desk.add({ title: 'Alder', value: '50.00', expectedCloseDate: '2027-03-31' })
  await signIn(page, 'dashboard', owner)
  await page.goto(desk.at('/deals/calendar', '&month=2027-03'))
  await page.getByRole('button', { name: 'Monday, March 1, no deals' }).focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('button', { name: 'Sunday, March 7, no deals' })).toBeFocused()
  await page.keyboard.press('PageUp')
  await expect(page.getByRole('heading', { name: 'February 2027' })).toBeVisible()
  await page.keyboard.press('PageDown')
  await press(page.getByRole('button', { name: 'Wednesday, March 31, 1 deal' }))
  const day = page.getByRole('dialog', { name: 'Closing on Wednesday, March 31' })
  await day.getByLabel('Close date of Alder').fill('2027-03-10')
  await press(day.getByLabel('Close date of Alder'))
  await expect(toast(page, 'Alder is expected to close on Mar 10, 2027')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Wednesday, March 10, 1 deal' })).toBeVisible()
  await page.keyboard.press('z')
  await expect(page.getByRole('button', { name: 'Wednesday, March 31, 1 deal' })).toBeVisible()
  expect((await desk.read('Alder')).expectedCloseDate).toBe('2027-03-31')
})

test('a new deal brings its company and contact with it', async ({ page, desk }) => {
  await signIn(page, 'dashboard', owner)
  await page.goto(desk.at('/pipeline'))
  await expect(page.getByText('No deals match')).toBeVisible()
  await page.keyboard.press('n')
  const company = `Zeta ${desk.tag}`
  const dialog = page.getByRole('dialog', { name: 'New deal' })
  await dialog.getByLabel('Title').fill('Fern')
  await dialog.getByLabel('Company').fill(company)
  await dialog.getByRole('option', { name: `Create “${company}”` }).click()
  await dialog.getByLabel('Contact').fill(`Zoe Zeta ${desk.tag}@zeta.example`)
  await expect(dialog.getByRole('option', { name: /Create/ })).toBeVisible()
  await press(dialog.getByLabel('Contact'))
  await expect(dialog.getByLabel('Contact')).toHaveValue('Zoe Zeta')
  await dialog.getByLabel('Value (EUR)').fill('1,000')
  await dialog.getByLabel('Tags').fill(desk.tag)
  await dialog.getByRole('button', { name: 'Create deal' }).click()
  const card = page.getByRole('region', { name: 'Lead' }).getByRole('article', { name: 'Fern' })
  await expect(card).toContainText(company)
  await expect(card).toContainText('€1,000')
})
