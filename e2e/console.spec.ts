import { expect, signIn, test, urls } from './support/platform.ts'

test('a superadmin sees tenants, users, jobs, queues and the health of each part', async ({ page }) => {
  await signIn(page, 'manage', 'superadmin@throughline.test')
  await page.goto(`${urls.manage}/tenants`)
  await expect(page.getByText('Acme Capital').first()).toBeVisible()
  await expect(page.getByText('Globex Growth').first()).toBeVisible()
  await page.goto(`${urls.manage}/users`)
  await expect(page.getByText('manager@globex.test').first()).toBeVisible()
  await page.goto(`${urls.manage}/health`)
  for (const part of ['Postgres', 'Redis', 'Storage'])
    await expect(page.getByRole('row').filter({ hasText: part }).getByText('Up', { exact: true })).toBeVisible()
  await page.goto(`${urls.manage}/queues`)
  await expect(page.getByText('agent__blog-writer').first()).toBeVisible()
  await page.goto(`${urls.manage}/dead-letters`)
  await expect(page.getByRole('heading', { level: 1, name: 'Dead letters' })).toBeVisible()
})

test('the queue console opens for a superadmin and for nobody else', async ({ page, browser, errors }) => {
  await signIn(page, 'manage', 'superadmin@throughline.test')
  const response = await page.goto(`${urls.manage}/api/admin/v1/queues/ui/`)
  expect(response?.status()).toBe(200)
  await expect(page.getByText('agent__blog-writer').first()).toBeVisible()
  const stranger = await browser.newContext()
  expect((await stranger.request.get(`${urls.manage}/api/admin/v1/queues/ui/`)).status()).toBe(401)
  await stranger.close()
  errors.length = 0
})
