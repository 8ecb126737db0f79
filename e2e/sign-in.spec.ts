import { demoPassword, expect, onlyRefusals, signIn, signOut, test, urls } from './support/platform.ts'

test('a manager signs in, sees the pipeline of their firm and signs out', async ({ page }) => {
  await signIn(page, 'dashboard', 'manager@acme.test')
  await expect(page.getByRole('region', { name: 'Negotiation' })).toBeVisible()
  const cookies = await page.context().cookies()
  const session = cookies.filter((cookie) => cookie.name.startsWith('tl_dashboard_'))
  expect(session.length).toBeGreaterThanOrEqual(2)
  expect(session.every((cookie) => cookie.httpOnly && cookie.sameSite === 'Lax')).toBe(true)
  await signOut(page)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.goto(`${urls.dashboard}/deals`)
  await expect(page).toHaveURL(/\/login\?next=/)
})

for (const [portal, email] of [
  ['dashboard', 'manager@acme.test'],
  ['dm', 'reviewer@throughline.test'],
] as const)
  test(`signing out in one tab of ${portal} leads the other to the sign-in page, and back to where it was`, async ({
    page,
    errors,
  }) => {
    await signIn(page, portal, email)
    const { pathname, search } = new URL(page.url())
    const other = await page.context().newPage()
    await other.goto(urls[portal])
    await signOut(other)
    await expect(page).toHaveURL(`${urls[portal]}/login?next=${encodeURIComponent(pathname + search)}`)
    onlyRefusals(errors, 401)
  })

test('a wrong password is refused with a message and no session', async ({ page, errors }) => {
  await page.goto(`${urls.dashboard}/login`)
  await page.getByLabel('E-mail').fill('manager@acme.test')
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'E-mail or password is not right' })).toBeVisible()
  expect((await page.context().cookies()).filter((cookie) => cookie.name.startsWith('tl_'))).toEqual([])
  // The browser itself reports the refused request.
  expect(errors.every((error) => error.includes('401'))).toBe(true)
  errors.length = 0
})

test('a manager is refused by the console and by the reviewers’ portal', async ({ page, errors }) => {
  for (const portal of ['manage', 'dm'] as const) {
    await page.goto(`${urls[portal]}/login`)
    await page.getByLabel('E-mail').fill('manager@acme.test')
    await page.getByLabel('Password').fill(demoPassword)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert').filter({ hasText: /role|not allow/i })).toBeVisible()
  }
  expect(errors.every((error) => /40[13]/.test(error))).toBe(true)
  errors.length = 0
})

test('what is asked for comes back after signing in, and no other site does', async ({ page }) => {
  await page.goto(`${urls.dashboard}/deals`)
  await page.getByLabel('E-mail').fill('viewer@globex.test')
  await page.getByLabel('Password').fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Deals' })).toBeVisible()
  await page.context().clearCookies()
  await page.goto(`${urls.dashboard}/login?next=//evil.example/`)
  await page.getByLabel('E-mail').fill('viewer@globex.test')
  await page.getByLabel('Password').fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Pipeline' })).toBeVisible()
  expect(page.url().startsWith(urls.dashboard)).toBe(true)
})
