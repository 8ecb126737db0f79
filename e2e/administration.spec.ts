// A firm looks after itself: who works in it, what it asks of them, what machines may do, and what was done.
import { generate } from 'otplib'
import { accept, callApi, type Firm, foundFirm, join, mailedToken, tokenOf } from './support/api.ts'
import { demoPassword, expect, openAs, signIn, test, urls } from './support/platform.ts'

let firm: Firm
test.beforeAll(async () => {
  firm = await foundFirm()
})

const settings = (page: string) => `${urls.dashboard}/settings/${page}`

test('somebody is invited, sent another link, and called off; another accepts and is there without a reload', async ({
  page,
}) => {
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(settings('members'))
  const invite = async (email: string) => {
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Role', { exact: true }).selectOption('Viewer')
    await page.getByRole('button', { name: 'Send invitation' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  const row = (text: string) => page.getByRole('row').filter({ hasText: text })

  await invite('late@firm.test')
  await expect(row('late@firm.test').getByText('Waiting')).toBeVisible()
  const first = await mailedToken('late@firm.test')
  await page.getByRole('button', { name: 'Resend the link to late@firm.test' }).click()
  await expect(page.getByText('Another link is on its way')).toBeVisible()
  await expect.poll(() => mailedToken('late@firm.test')).not.toBe(first)
  await page.getByRole('button', { name: 'Revoke the invitation of late@firm.test' }).click()
  await page.getByRole('button', { name: 'Revoke invitation' }).click()
  await expect(row('late@firm.test').getByText('Revoked')).toBeVisible()
  const token = await mailedToken('late@firm.test')
  expect((await callApi('/auth/v1/invitations/preview', { method: 'POST', body: { token } })).status).toBe(410)

  const guest = `guest-${Date.now()}@firm.test`
  await invite(guest)
  await accept(guest, 'Gus Guest')
  await expect(row(guest).getByText('Accepted')).toBeVisible()
  await expect(row('Gus Guest').getByText('Active')).toBeVisible()
})

test('a changed role signs the other browser out within seconds; removed access keeps it out', async ({
  page,
  browser,
}) => {
  const email = await join(firm, 'member', 'Mia Mover')
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(settings('members'))
  const other = await openAs(browser, 'dashboard', email)
  const act = async (item: string, button: string, choose?: string) => {
    await page.getByRole('button', { name: 'Actions for Mia Mover' }).click()
    await page.getByRole('menuitem', { name: item }).click()
    if (choose) await page.getByLabel('Role', { exact: true }).selectOption(choose)
    await page.getByRole('button', { name: button }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  const row = page.getByRole('row').filter({ hasText: 'Mia Mover' })

  await act('Change role', 'Change role', 'Manager')
  await expect(other.page).toHaveURL(/\/login\?next=/, { timeout: 10_000 })
  await expect(row.getByText('Manager')).toBeVisible()
  await signIn(other.page, 'dashboard', email)

  await act('Remove access', 'Remove access')
  await expect(other.page).toHaveURL(/\/login\?next=/, { timeout: 10_000 })
  await expect(row.getByText('No access')).toBeVisible()
  const login = () => callApi('/auth/v1/login', { method: 'POST', body: { email, password: demoPassword } })
  expect((await login()).ok).toBe(false)
  await act('Let back in', 'Let back in')
  await expect(row.getByText('Active')).toBeVisible()
  expect((await login()).status).toBe(200)
  // What the other browser logs is that it was refused.
  expect(other.errors.filter((error) => !error.includes('401'))).toEqual([])
  await other.close()
})

test('nobody decides about themselves; whoever was overtaken by a colleague is told, and decides again', async ({
  page,
  errors,
}) => {
  await join(firm, 'viewer', 'Otto Overtaken')
  await signIn(page, 'dashboard', firm.owner)
  // This page does not hear of what happens meanwhile.
  const token = await tokenOf(firm.owner)
  const stale = (await (await callApi('/tenant/v1/members', { token })).json()) as {
    data: { id: string; name: string }[]
  }
  const path = '**/api/tenant/v1/members'
  await page.route(path, (route) => route.fulfill({ json: stale }))
  await page.goto(settings('members'))
  await expect(page.getByRole('button', { name: 'Actions for Otto Overtaken' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Actions for Frida Owner' })).toHaveCount(0)
  const otto = stale.data.find(({ name }) => name === 'Otto Overtaken')
  const change = { method: 'PATCH', token, body: { role: 'member' } } as const
  expect((await callApi(`/tenant/v1/members/${otto?.id}`, change)).status).toBe(200)

  await page.getByRole('button', { name: 'Actions for Otto Overtaken' }).click()
  await page.getByRole('menuitem', { name: 'Change role' }).click()
  await page.getByLabel('Role', { exact: true }).selectOption('Admin')
  await page.getByRole('button', { name: 'Change role' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Somebody changed this member' })).toBeVisible()
  await page.unroute(path)
  await page.reload()
  await expect(page.getByRole('row').filter({ hasText: 'Otto Overtaken' }).getByText('Member')).toBeVisible()
  // The browser itself reports the refused request.
  expect(errors.every((error) => error.includes('412'))).toBe(true)
  errors.length = 0
})

test('an API key is made, shown once, used, rotated and revoked, and then refused within 5 seconds', async ({
  page,
}) => {
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(settings('api-keys'))
  await page.getByRole('button', { name: 'New API key' }).first().click()
  await page.getByLabel('Name').fill('Nightly report')
  await expect(page.getByRole('button', { name: 'Create key' })).toBeDisabled()
  await page.getByLabel('Deals: read').check()
  await page.getByRole('button', { name: 'Create key' }).click()

  const dialog = page.getByRole('dialog', { name: 'Your key “Nightly report”' })
  const key = await dialog.getByLabel('Key', { exact: true }).inputValue()
  expect(key).toMatch(/^tlk_/)
  await page.keyboard.press('Escape')
  await page.mouse.click(5, 5)
  await expect(dialog).toBeVisible()
  const line = (await dialog.getByText('curl -H').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'I have stored the key' }).click()
  await expect(page.getByText(key)).toHaveCount(0)

  const use = (token: string) => callApi('/tenant/v1/deals?limit=1', { token })
  expect((await use(key)).status).toBe(200)
  expect((await callApi('/tenant/v1/members', { token: key })).status).toBe(403)
  const [, header = '', address = ''] = line.match(/^curl -H "Authorization: (.+)" "(.+)"$/) ?? []
  expect((await fetch(address, { headers: { authorization: header } })).status).toBe(200)
  const row = page.getByRole('row').filter({ hasText: 'Nightly report' })
  await expect(row.getByText('Deals: read')).toBeVisible()

  await page.getByRole('button', { name: 'Rotate Nightly report' }).click()
  await page.getByLabel('How long the old key goes on').selectOption('An hour')
  await page.getByRole('button', { name: 'Rotate key' }).click()
  const next = await dialog.getByLabel('Key', { exact: true }).inputValue()
  await dialog.getByRole('button', { name: 'I have stored the key' }).click()
  expect(next).not.toBe(key)
  expect([(await use(key)).status, (await use(next)).status]).toEqual([200, 200])
  await expect(row.filter({ hasText: 'Being replaced' })).toHaveCount(1)

  const active = row.filter({ hasText: 'Active' })
  await active.getByRole('button', { name: 'Revoke Nightly report' }).click()
  await page.getByRole('button', { name: 'Revoke key' }).click()
  await expect(row.filter({ hasText: 'Revoked' })).toHaveCount(1)
  await expect.poll(async () => (await use(next)).status, { timeout: 5_000 }).toBe(401)
})

test('the policy says whom it signs out, does so, and is taken back', async ({ page, browser }) => {
  const ours = await foundFirm()
  const email = await join(ours, 'member', 'Nils Nofactor')
  await signIn(page, 'dashboard', ours.owner)
  // The owner has a second factor; the member has none.
  const post = (path: string, body: object) =>
    page.evaluate(
      async ([to, content]) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
        const answer = await fetch(`/api${to}`, { method: 'POST', headers, body: JSON.stringify(content) })
        return (await answer.json()) as { secret?: string }
      },
      [path, body] as const,
    )
  const { secret = '' } = await post('/auth/v1/second-factor/begin', { password: demoPassword })
  await post('/auth/v1/second-factor/confirm', { code: await generate({ secret }) })
  const other = await openAs(browser, 'dashboard', email)

  await page.goto(settings('security'))
  const policy = page.getByRole('switch', { name: 'Every member needs a second factor' })
  await expect(policy).not.toBeChecked()
  await policy.click()
  await expect(page.getByRole('dialog')).toContainText('1 member has none: they are signed out')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(policy).not.toBeChecked()
  await policy.click()
  await page.getByRole('button', { name: 'Ask everybody' }).click()
  await expect(policy).toBeChecked()
  await expect(other.page).toHaveURL(/\/login\?next=/, { timeout: 10_000 })
  const token = await tokenOf(email)
  expect((await callApi('/tenant/v1/deals', { token })).status).toBe(403)

  await policy.click()
  await page.getByRole('button', { name: 'No longer ask' }).click()
  await expect(policy).not.toBeChecked()
  await expect.poll(async () => (await callApi('/tenant/v1/deals', { token: await tokenOf(email) })).status).toBe(200)
  expect(other.errors.filter((error) => !error.includes('401'))).toEqual([])
  await other.close()
})

test('the audit log shows what was just done, filtered, in detail and as a file, and that its chain holds', async ({
  page,
}) => {
  const token = await tokenOf(firm.owner)
  for (let n = 0; n < 60; n++)
    expect((await callApi('/tenant/v1/companies', { method: 'POST', token, body: { name: `Company ${n}` } })).ok).toBe(
      true,
    )
  await signIn(page, 'dashboard', firm.owner)
  await page.goto(settings('api-keys'))
  await page.getByRole('button', { name: 'New API key' }).first().click()
  await page.getByLabel('Name').fill('Looked at later')
  await page.getByRole('button', { name: 'All that only look' }).click()
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByRole('button', { name: 'I have stored the key' }).click()

  await page.getByRole('link', { name: 'Audit log' }).click()
  const entry = page.getByRole('button', { name: 'Frida Owner made an API key Looked at later' })
  await expect(entry).toBeVisible()
  await expect(page.getByText(/Chain intact, \d+ entries/)).toBeVisible()

  const oldest = page.getByRole('row').filter({ hasText: 'registered the firm' })
  await expect(oldest).toHaveCount(0)
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(oldest).toBeVisible()

  await page.getByLabel('What was done').selectOption('Made an API key')
  await expect(page).toHaveURL(/action=api_key\.created/)
  await expect(page.getByRole('row').filter({ hasText: 'added a company' })).toHaveCount(0)
  await page.reload()
  await expect(page.getByLabel('What was done')).toHaveValue('api_key.created')
  await entry.click()
  const sheet = page.getByRole('dialog', { name: 'Frida Owner made an API key' })
  await expect(sheet.getByText('Looked at later').first()).toBeVisible()
  await expect(sheet.getByText('Request id')).toBeVisible()
  await expect(sheet.getByText(/^[0-9a-f]{64}$/)).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Export' }).click()
  await expect(page.getByText('The export is being written')).toBeVisible()
  const bell = page.getByRole('button', { name: /^Notifications, \d+ unread$/ })
  await bell.click()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Your export of the audit log is ready' }).click()
  const text = (await (await (await download).createReadStream()).toArray()).join('')
  expect(text).toContain('Looked at later')
  expect(text).not.toContain('tenant.registered')

  await page.getByLabel('Until').fill('2020-01-01')
  await expect(page.getByText('No entry matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL(settings('audit'))
})

test('a viewer sees who works here and changes nothing', async ({ page }) => {
  await signIn(page, 'dashboard', 'viewer@acme.test')
  await page.goto(settings('members'))
  await expect(page.getByRole('row').filter({ hasText: 'Olivia Hart' })).toBeVisible()
  const tabs = page.getByRole('navigation', { name: 'Settings' })
  await expect(tabs.getByRole('link')).toHaveText(['Firm', 'Pipeline', 'Fields', 'Members', 'Security'])
  await expect(tabs.getByRole('link', { name: 'Members' })).toHaveAttribute('aria-current', 'page')
  for (const name of ['Invite somebody', /^Actions for/])
    await expect(page.getByRole('button', { name })).toHaveCount(0)
  await page.goto(settings('security'))
  await expect(page.getByText('Owners and admins change this.')).toBeVisible()
  await expect(page.getByRole('switch')).toHaveCount(0)
  for (const path of ['api-keys', 'audit']) {
    await page.goto(settings(path))
    await expect(page.getByText('This is not for your role')).toBeVisible()
  }
})
