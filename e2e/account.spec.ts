// The ways in, and what belongs to one's own account.
import {
  codeOf,
  enterPassword,
  here,
  mailedLink,
  newFirm,
  registerFirm,
  setUpSecondFactor,
  tokenOf,
} from './support/accounts.ts'
import { expect, onlyRefusals, signOut, test, urls, watchForErrors } from './support/platform.ts'

const pipeline = { level: 1, name: 'Pipeline' } as const

test('a firm registers, confirms its address, sets up a second factor and gets in with it', async ({
  page,
  browser,
  errors,
}) => {
  test.setTimeout(180_000)
  const owner = newFirm('Initech')
  await registerFirm(page, owner)
  await enterPassword(page, owner.email, owner.password)
  await expect(page.getByRole('heading', pipeline)).toBeVisible()

  // Another device, which the new factor signs out.
  const other = await browser.newContext()
  const phone = await other.newPage()
  await phone.goto(`${urls.dashboard}/login?next=/account`)
  await enterPassword(phone, owner.email, owner.password)
  await expect(phone.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible()

  await page.getByRole('button', { name: 'Account menu' }).click()
  await page.getByRole('menuitem', { name: 'Your account' }).click()
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  await expect(sessions).toHaveCount(2)
  await page.getByRole('button', { name: 'Set up' }).click()
  const { secret, recoveryCodes } = await setUpSecondFactor(page, owner.password)
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('10 recovery codes left')).toBeVisible()
  await expect(sessions).toHaveCount(1)

  await signOut(page)
  await enterPassword(page, owner.email, owner.password)
  await expect(page.getByRole('heading', { level: 1, name: 'One more step' })).toBeVisible()
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'This code is not right' })).toBeVisible()
  await page.getByLabel('Code', { exact: true }).fill(await codeOf(secret, 1))
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('heading', pipeline)).toBeVisible()

  // The other device comes back with a recovery code, and is ended from here.
  await phone.goto(`${urls.dashboard}/login?next=/account`)
  await enterPassword(phone, owner.email, owner.password)
  await phone.getByRole('button', { name: 'Use a recovery code' }).click()
  await phone.getByLabel('Recovery code').fill((recoveryCodes[0] ?? '').toLowerCase())
  await phone.getByRole('button', { name: 'Go on' }).click()
  await expect(phone.getByText('9 recovery codes left')).toBeVisible()
  await page.goto(`${urls.dashboard}/account`)
  await expect(sessions).toHaveCount(2)
  await sessions.getByRole('button', { name: /^End/ }).click()
  await expect(sessions).toHaveCount(1)
  await expect(phone.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await other.close()
  onlyRefusals(errors, 401)
})

test('a forgotten password is chosen anew by the link of the mail, which is good once', async ({ page, errors }) => {
  const owner = newFirm('Hooli')
  await registerFirm(page, owner)
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  // The page that is left has a field of that name as well.
  await expect(page.getByRole('heading', { level: 1, name: 'Forgot your password?' })).toBeVisible()
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'a mail with a link is on its way' })).toBeVisible()
  const link = here(await mailedLink(page.request, { to: owner.email, subject: /choose a new password/i }))

  await page.goto(link)
  await expect(page).toHaveURL(`${urls.dashboard}/reset-password`)
  await page.getByLabel('New password').fill('password123')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByText('This password is on every list of common passwords.')).toBeVisible()
  const changed = `${owner.password}-changed`
  await page.getByLabel('New password').fill(changed)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Your new password is set' })).toBeVisible()
  await enterPassword(page, owner.email, owner.password)
  await expect(page.getByRole('alert').filter({ hasText: 'E-mail or password is not right' })).toBeVisible()
  await enterPassword(page, owner.email, changed)
  await expect(page.getByRole('heading', pipeline)).toBeVisible()

  await page.goto('about:blank')
  await page.goto(link)
  await page.getByLabel('New password').fill(`${changed}-again`)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByRole('heading', { name: 'This link was used or has expired' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Ask for a new link' })).toBeVisible()
  onlyRefusals(errors, 401, 410, 422)
})

test('too many wrong passwords count down until the next try, and then let it in', async ({ page, errors }) => {
  const owner = newFirm('Umbrella')
  await registerFirm(page, owner)
  const button = page.getByRole('button', { name: 'Sign in' })
  const countdown = page.getByRole('timer')
  // Each try waits until the button can be pressed; after some, the wait is long enough to look at.
  await expect(async () => {
    await enterPassword(page, owner.email, 'not the password')
    await expect(page.getByRole('button', { name: 'Signing in…' })).toHaveCount(0)
    await expect(countdown).toHaveText(/You can try again in 0:(0[6-9]|1\d)\./, { timeout: 1_000 })
  }).toPass({ timeout: 90_000 })
  await expect(button).toBeDisabled()
  await expect(page.getByRole('alert').filter({ hasText: 'Too many attempts' })).toBeVisible()
  await expect(countdown).toHaveText('You can try again now.')
  await enterPassword(page, owner.email, owner.password)
  await expect(page.getByRole('heading', pipeline)).toBeVisible()
  onlyRefusals(errors, 401, 429)
})

test('whoever is invited sees by whom, chooses a password and comes in with their role', async ({ page, request }) => {
  const owner = newFirm('Stark')
  await registerFirm(page, owner)
  const token = await tokenOf(request, { ...owner, portal: 'dashboard' })
  const invited = newFirm('Invited')
  const response = await request.post(`${urls.api}/tenant/v1/invitations`, {
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() },
    data: { email: invited.email, role: 'manager' },
  })
  expect(response.ok()).toBe(true)

  await page.goto(here(await mailedLink(request, { to: invited.email, subject: /^Join / })))
  await expect(page.getByRole('heading', { level: 1, name: `Join ${owner.firm}` })).toBeVisible()
  await expect(page.getByText('manager', { exact: true })).toBeVisible()
  await page.getByLabel('Your name').fill('Sam Invited')
  await page.getByLabel('Choose a password').fill(invited.password)
  await page.getByRole('button', { name: 'Accept and join' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'You are in' })).toBeVisible()
  await enterPassword(page, invited.email, invited.password)
  await expect(page.getByRole('heading', pipeline)).toBeVisible()
})

test('somebody who works in two firms goes from one to the other', async ({ page, request }) => {
  const [home, second] = [newFirm('Home'), newFirm('Second')]
  await registerFirm(page, home)
  await registerFirm(page, second)
  const token = await tokenOf(request, { ...second, portal: 'dashboard' })
  const response = await request.post(`${urls.api}/tenant/v1/invitations`, {
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() },
    data: { email: home.email, role: 'viewer' },
  })
  expect(response.ok()).toBe(true)
  await page.goto(here(await mailedLink(request, { to: home.email, subject: /^Join / })))
  await expect(page.getByText('You have an account with this address.')).toBeVisible()
  await page.getByLabel('Your password').fill(home.password)
  await page.getByRole('button', { name: 'Accept and join' }).click()
  await enterPassword(page, home.email, home.password)
  await expect(page.getByRole('heading', pipeline)).toBeVisible()
  const place = page.getByRole('complementary')
  await expect(place.getByText(home.firm)).toBeVisible()
  await page.getByRole('button', { name: 'Account menu' }).click()
  await page.getByRole('menuitem', { name: second.firm }).click()
  await expect(place.getByText(second.firm)).toBeVisible()
  await expect(place.getByText('viewer')).toBeVisible()
})

test('a firm that asks for a second factor shows nothing else until there is one', async ({
  page,
  request,
  errors,
}) => {
  const owner = newFirm('Wayne')
  await registerFirm(page, owner)
  const authorization = `Bearer ${await tokenOf(request, { ...owner, portal: 'dashboard' })}`
  const policy = `${urls.api}/tenant/v1/security-policy`
  const { version } = await (await request.get(policy, { headers: { authorization } })).json()
  const required = await request.put(policy, {
    headers: { authorization, 'if-match': `"${version}"`, 'idempotency-key': crypto.randomUUID() },
    data: { requireSecondFactor: true },
  })
  expect(required.ok()).toBe(true)

  await enterPassword(page, owner.email, owner.password)
  await expect(page.getByRole('heading', { level: 1, name: 'Set up a second factor' })).toBeVisible()
  await page.goto(`${urls.dashboard}/settings`)
  await expect(page.getByRole('heading', { level: 1, name: 'Set up a second factor' })).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  // Until here the API refused what the pages asked for.
  onlyRefusals(errors, 403)
  await setUpSecondFactor(page, owner.password)
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  // Only a token without the claim that confines it to the set-up reads a firm's data.
  await expect(page.getByLabel('Firm')).toHaveValue(owner.firm)
  await page.goto(`${urls.dashboard}/account`)
  await expect(page.getByText('so it stays on')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Turn off' })).toHaveCount(0)
})

test('a superadmin who acts as a member says so on every page, may not touch identity, and stops', async ({
  page,
  request,
}) => {
  const authorization = `Bearer ${await tokenOf(request, { email: 'superadmin@throughline.test', portal: 'manage' })}`
  const users: { data: { id: string; email: string; memberships: { tenantId: string }[] }[] } = await (
    await request.get(`${urls.api}/admin/v1/users?limit=100`, { headers: { authorization } })
  ).json()
  const member = users.data.find(({ email }) => email === 'manager@globex.test')
  const started = await request.post(`${urls.api}/admin/v1/impersonations`, {
    headers: { authorization, 'idempotency-key': crypto.randomUUID() },
    data: { tenantId: member?.memberships[0]?.tenantId, userId: member?.id, reason: 'They asked us to look at a deal' },
  })
  expect(started.ok()).toBe(true)
  const link = here((await started.json()).url)
  await page.goto(link)
  await expect(page.getByRole('heading', pipeline)).toBeVisible()
  const banner = page.getByRole('region', { name: 'You act as somebody else' })
  await expect(banner).toContainText('They asked us to look at a deal')
  await expect(banner.getByRole('timer')).toHaveText(/ends in (29|30):\d\d/)
  await page.goto(`${urls.dashboard}/account`)
  await expect(banner).toBeVisible()
  await expect(page.getByText('Acts as you')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Password' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Sign out everywhere' })).toHaveCount(0)
  await banner.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  const again = await page.context().newPage()
  watchForErrors(again)
  await again.goto(link)
  await expect(again.getByRole('heading', { name: 'This link was used or has expired' })).toBeVisible()
  await again.close()
})
