import { callApi } from './support/api.ts'
import { foundDesk } from './support/desk.ts'
import { openLooks } from './support/looks.ts'
import { pages, portals } from './support/pages.ts'
import { expect, signIn, test, urls } from './support/platform.ts'

/** For whoever is not signed in; the token is one that nobody was given. */
const token = '#token=a-token-that-nobody-was-given'
const waysIn = ['/login', '/forgot-password', '/reset-password', `/reset-password${token}`, `/verify-email${token}`]
const waysIntoFirms = ['/register', `/accept-invitation${token}`]
/** Pages that one test looks at, so that none takes long. */
const together = 8

const chunks = (paths: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(paths.length / together) }, (_, n) => paths.slice(n * together, (n + 1) * together))

for (const portal of portals) {
  const outside = portal === 'dashboard' ? [...waysIn, ...waysIntoFirms] : waysIn
  const parts = [
    { name: 'the ways in', paths: outside, signedIn: false },
    ...chunks(pages[portal].paths).map((paths) => ({ name: `from ${paths[0]}`, paths, signedIn: true })),
  ]
  for (const { name, paths, signedIn } of parts)
    test(`${portal}, ${name}: no accessibility violation in either theme, on a desk and on a phone`, async ({
      browser,
    }) => {
      test.setTimeout(240_000)
      const { page, found, open, look, close } = await openLooks(browser)
      if (signedIn) await signIn(page, portal, pages[portal].email)
      for (const path of paths) {
        await open(`${urls[portal]}${path}`)
        await look(path)
      }
      await close()
      expect(found).toEqual([])
    })
}

test('dashboard, what opens over a page or after a step: no accessibility violation either', async ({ browser }) => {
  test.setTimeout(240_000)
  const desk = await foundDesk([{ title: 'Alder', value: '100.00' }])
  const company = (body: object) =>
    callApi('/tenant/v1/companies', { method: 'POST', token: desk.token, body: { force: true, ...body } })
  expect((await company({ name: 'Umbrella AG', domain: 'umbrella.test' })).status).toBe(201)
  expect((await company({ name: 'Umbrella Ltd', industry: 'Pharma' })).status).toBe(201)
  const { page, found, open, look, close } = await openLooks(browser)
  await signIn(page, 'dashboard', desk.owner)

  await open(`${urls.dashboard}/deals`)
  await page.getByRole('link', { name: 'Alder' }).click()
  await expect(page.getByRole('dialog', { name: 'Alder' }).getByRole('region', { name: 'Timeline' })).toBeVisible()
  await look('the panel of a deal')

  await open(`${urls.dashboard}/duplicates`)
  await page.getByRole('button', { name: 'Compare Umbrella AG and Umbrella Ltd' }).click()
  await expect(page.getByRole('dialog', { name: 'Merge into one' }).getByText('umbrella.test')).toBeVisible()
  await look('the merge of two companies')

  await open(`${urls.dashboard}/imports`)
  await page.getByLabel('What the rows are').selectOption({ label: 'Companies' })
  await page.getByLabel('Choose a CSV file').setInputFiles({
    name: 'alike.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Name;Website\nUmbrella GmbH;\n;nobody.example\n'),
  })
  await expect(page.getByRole('button', { name: 'Try without changing anything' })).toBeEnabled()
  await look('the columns of an import')
  await page.getByRole('button', { name: 'Try without changing anything' }).click()
  await expect(page.getByRole('heading', { name: 'What the import would do' })).toBeVisible({ timeout: 30_000 })
  const alike = page.getByRole('region', { name: 'Possible duplicates' })
  await expect(alike.getByRole('listitem')).toContainText('Line 2: “Umbrella GmbH” looks like “Umbrella')
  await look('the result of an import')
  await page.screenshot({ path: test.info().outputPath('import-warnings.png'), fullPage: true })
  await close()
  expect(found).toEqual([])
})
