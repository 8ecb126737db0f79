// A firm makes the deal desk its own: names and odds of its stages, fields, views; and what is said about a deal.
import { callApi, join, tokenOf } from './support/api.ts'
import { focused, foundDesk, rowOf, toast } from './support/desk.ts'
import { press } from './support/keys.ts'
import { expect, openAs, signIn, test, urls } from './support/platform.ts'

const deals = [
  { title: 'Alder', value: '100.00' },
  { title: 'Birch', value: '300.00', stage: 'QUALIFIED' },
]

test('by keys alone, the stages get names, an order and odds, and another browser shows them without a reload', async ({
  page,
  browser,
}) => {
  const desk = await foundDesk(deals)
  const other = await openAs(browser, 'dashboard', desk.owner)
  await expect(other.page.getByRole('region', { name: 'Negotiation' })).toBeVisible()
  await signIn(page, 'dashboard', desk.owner)
  await page.goto(`${urls.dashboard}/settings/pipeline`)
  const lead = page.getByRole('group', { name: 'Lead' })
  await lead.getByLabel('Name').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('New business')
  await page.keyboard.press('Tab')
  await expect(lead.getByLabel('Probability (%)')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('0')
  await page.getByRole('button', { name: 'Move Negotiation up' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Negotiation is 2 of 3 now' })).toBeAttached()
  await expect(focused(page)).toHaveAccessibleName('Move Negotiation up')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await press(lead.getByLabel('Name'))
  await expect(toast(page, 'Saved')).toBeVisible()

  const token = await tokenOf(desk.owner)
  const { stages } = (await (await callApi('/tenant/v1/pipeline', { token })).json()) as {
    stages: { name: string; probability: number }[]
  }
  expect(stages.map(({ name, probability }) => `${name} ${probability}`)).toEqual([
    'Negotiation 70',
    'New business 0',
    'Qualified 30',
    'Won 100',
    'Lost 0',
  ])
  await expect(other.page.getByRole('region', { name: 'New business' })).toBeVisible()
  expect(other.errors).toEqual([])
  await other.close()
})

test('two stages of one name are refused where they stand; whoever was overtaken is told', async ({ page, errors }) => {
  const desk = await foundDesk([])
  await signIn(page, 'dashboard', desk.owner)
  await page.goto(`${urls.dashboard}/settings/pipeline`)
  const name = page.getByRole('group', { name: 'Qualified' }).getByLabel('Name')
  await name.fill('lead')
  await page.getByRole('button', { name: 'Save stages' }).click()
  await expect(name).toHaveAccessibleDescription('is the name of another stage too')
  await name.fill('Talking')
  const token = await tokenOf(desk.owner)
  const open = ['LEAD', 'QUALIFIED', 'NEGOTIATION'].map((stage) => ({ stage, name: `Their ${stage}`, probability: 5 }))
  const theirs = await fetch(`${urls.api}/tenant/v1/pipeline`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ open, won: 'Won', lost: 'Lost' }),
  })
  expect(theirs.status).toBe(200)
  await expect(page.getByRole('alert').filter({ hasText: 'Somebody changed the stages in the meantime' })).toBeVisible()
  await expect(name).toHaveValue('Talking')
  await page.getByRole('button', { name: 'Show theirs' }).click()
  await expect(page.getByRole('group', { name: 'Their QUALIFIED' }).getByLabel('Name')).toHaveValue('Their QUALIFIED')
  // The browser itself reports the refused request.
  expect(errors.every((error) => error.includes('400'))).toBe(true)
  errors.length = 0
})

test('a field is made, ordered, filled in on a deal, archived and brought back with its values; on a phone too', async ({
  page,
}) => {
  const desk = await foundDesk(deals)
  await page.setViewportSize({ width: 375, height: 740 })
  await signIn(page, 'dashboard', desk.owner)
  await page.goto(`${urls.dashboard}/settings/fields`)
  await expect(page.getByText('No fields of your own yet')).toBeVisible()
  const create = async (label: string, type: string, options?: string) => {
    await page.getByRole('button', { name: 'New field' }).click()
    const dialog = page.getByRole('dialog', { name: 'New field' })
    await dialog.getByLabel('Label').fill(label)
    await dialog.getByLabel('Type').selectOption(type)
    if (options) await dialog.getByLabel('Options').fill(options)
    await dialog.getByRole('button', { name: 'Create field' }).click()
    await expect(dialog).toHaveCount(0)
  }
  await create('Seats', 'Number')
  await create('Tier', 'Choice', 'Gold\nSilver')
  const list = page.getByRole('list', { name: 'Fields', exact: true })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await page.getByRole('button', { name: 'Move Tier up' }).click()
  await expect(list.getByRole('listitem').first()).toContainText('Tier')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)

  await page.goto(`${urls.dashboard}/deals?deal=${desk.deals.get('Alder')}`)
  const panel = page.getByRole('dialog', { name: 'Alder' }).or(page.getByRole('complementary', { name: 'Alder' }))
  await panel.getByLabel('Seats').fill('0')
  await press(panel.getByLabel('Seats'))
  await panel.getByLabel('Tier').selectOption('Silver')
  const custom = async () => {
    const token = await tokenOf(desk.owner)
    const response = await callApi(`/tenant/v1/deals/${desk.deals.get('Alder')}`, { token })
    return ((await response.json()) as { custom: object }).custom
  }
  await expect.poll(custom).toEqual({ seats: 0, tier: 'Silver' })

  await page.goto(`${urls.dashboard}/settings/fields`)
  await page.getByRole('button', { name: 'Archive Tier' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: 'Restore Tier' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(2)
  expect(await custom()).toEqual({ seats: 0, tier: 'Silver' })
})

test('a signal on the timeline raises the score with its reason; removed it falls, undone it is back; others see it', async ({
  page,
  browser,
}) => {
  const desk = await foundDesk(deals)
  const address = `/deals?deal=${desk.deals.get('Alder')}`
  const other = await openAs(browser, 'dashboard', await join(desk, 'viewer', 'Vera Viewer'))
  await other.page.goto(`${urls.dashboard}${address}`)
  await signIn(page, 'dashboard', desk.owner)
  await page.goto(`${urls.dashboard}${address}`)
  const timeline = page.getByRole('list', { name: 'Timeline' })
  const form = page.getByRole('form', { name: 'Add to the timeline' })
  await form.getByLabel('Kind').selectOption('Call')
  await form.getByLabel('They').selectOption('asked for a proposal (+20)')
  await form.getByLabel('What happened').fill('They want it by Friday')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(timeline.getByText('They want it by Friday')).toBeVisible()
  await expect(form.getByLabel('What happened')).toHaveValue('')
  const reasons = page.getByRole('list', { name: 'Reasons of engagement' })
  await expect(reasons).toContainText('+20asked for a proposal')
  await expect(other.page.getByRole('list', { name: 'Timeline' }).getByText('They want it by Friday')).toBeVisible()
  await expect(other.page.getByRole('form', { name: 'Add to the timeline' })).toHaveCount(0)

  await press(timeline.getByRole('button', { name: 'Actions for this call' }))
  await press(page.getByRole('menuitem', { name: 'Remove' }))
  await expect(timeline.getByText('They want it by Friday')).toHaveCount(0)
  await expect(reasons).toHaveCount(0)
  await toast(page, 'Removed from the timeline').getByRole('button', { name: 'Undo' }).click()
  await expect(timeline.getByText('They want it by Friday')).toBeVisible()
  await expect(reasons).toContainText('asked for a proposal')

  await timeline.getByRole('button', { name: 'Actions for this call' }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  const edit = page.getByRole('form', { name: 'Edit entry' })
  await edit.getByLabel('What happened').fill('They want it by Monday')
  await edit.getByRole('button', { name: 'Save entry' }).click()
  await expect(timeline.getByText('They want it by Monday')).toBeVisible()
  await expect(timeline.getByText('edited')).toBeVisible()
  expect(other.errors).toEqual([])
  await other.close()
})

test('a view is saved, shared, opened by a colleague, changed, and opens with a warning when its field is gone', async ({
  page,
  browser,
}) => {
  const desk = await foundDesk(deals)
  const token = await tokenOf(desk.owner)
  const made = await callApi('/tenant/v1/custom-fields', {
    method: 'POST',
    token,
    body: { label: 'Seats', type: 'NUMBER' },
  })
  const fieldId = ((await made.json()) as { id: string }).id
  await signIn(page, 'dashboard', desk.owner)
  await page.goto(`${urls.dashboard}/deals?stage=QUALIFIED&sort=value`)
  await expect(rowOf(page, 'Birch')).toBeVisible()
  await press(page.getByRole('button', { name: 'View: All deals' }))
  await press(page.getByRole('menuitem', { name: 'Save as new view' }))
  const dialog = page.getByRole('dialog', { name: 'Save as new view' })
  await dialog.getByLabel('Name').fill('Warm ones')
  await press(dialog.getByRole('switch', { name: /Share with the firm/ }), 'Space')
  await press(dialog.getByRole('button', { name: 'Save view' }))
  await expect(page.getByRole('button', { name: 'View: Warm ones' })).toBeVisible()

  const other = await openAs(browser, 'dashboard', await join(desk, 'member', 'Mia Member'))
  await other.page.goto(`${urls.dashboard}/deals`)
  await other.page.getByRole('button', { name: 'View: All deals' }).click()
  await other.page.getByRole('menuitem', { name: 'Warm ones' }).click()
  await expect(rowOf(other.page, 'Birch')).toBeVisible()
  await expect(rowOf(other.page, 'Alder')).toHaveCount(0)
  await other.page.getByRole('button', { name: 'View: Warm ones' }).click()
  await expect(other.page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0)

  // The owner takes the stage out, saves that, and filters by a field that is archived then.
  await page.goto(`${page.url()}&custom=seats:5`)
  await page.getByRole('button', { name: 'View: Warm ones, changed' }).click()
  await page.getByRole('menuitem', { name: 'Save changes' }).click()
  await expect(page.getByRole('button', { name: 'View: Warm ones', exact: true })).toBeVisible()
  expect(
    (await callApi(`/tenant/v1/custom-fields/${fieldId}/archive`, { method: 'POST', token, body: {} })).status,
  ).toBe(200)
  await expect(page.getByText('The field Seats was archived.')).toBeVisible()
  await page.getByRole('button', { name: 'Save without these' }).click()
  await expect(page.getByText('The field Seats was archived.')).toHaveCount(0)
  expect(other.errors).toEqual([])
  await other.close()
})
