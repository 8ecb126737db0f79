import { AxeBuilder } from '@axe-core/playwright'
import { pages, portals } from './support/pages.ts'
import { expect, signIn, test, urls } from './support/platform.ts'

/** For whoever is not signed in; the token is one that nobody was given. */
const token = '#token=a-token-that-nobody-was-given'
const waysIn = ['/login', '/forgot-password', '/reset-password', `/reset-password${token}`, `/verify-email${token}`]
const waysIntoFirms = ['/register', `/accept-invitation${token}`]
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const desk = { width: 1280, height: 800 }
const phone = { width: 375, height: 740 }
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
    test(`${portal}, ${name}: no serious accessibility violation in either theme, on a desk and on a phone`, async ({
      browser,
    }) => {
      test.setTimeout(240_000)
      const context = await browser.newContext({ colorScheme: 'light', reducedMotion: 'reduce' })
      const page = await context.newPage()
      const found: string[] = []
      const check = async (where: string) => {
        const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
        for (const { id, impact, nodes } of violations)
          if (impact === 'serious' || impact === 'critical') found.push(`${where}: ${id} at ${nodes[0]?.target}`)
      }
      const look = async (path: string) => {
        // From another page: what changes behind the `#` alone loads nothing.
        await page.goto('about:blank')
        await page.setViewportSize(desk)
        await page.goto(`${urls[portal]}${path}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('[data-loading]')).toHaveCount(0)
        for (const colorScheme of ['dark', 'light'] as const) {
          await page.emulateMedia({ colorScheme })
          await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
          await page.setViewportSize(desk)
          await check(`${path}, ${colorScheme}`)
          await page.setViewportSize(phone)
          await check(`${path}, ${colorScheme}, on a phone`)
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        if (overflow > 0) found.push(`${path} on a phone: ${overflow} px wider than the screen`)
      }
      if (signedIn) await signIn(page, portal, pages[portal].email)
      for (const path of paths) await look(path)
      await context.close()
      expect(found).toEqual([])
    })
}
