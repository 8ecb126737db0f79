import { AxeBuilder } from '@axe-core/playwright'
import { pages, portals } from './support/pages.ts'
import { expect, signIn, test, urls } from './support/platform.ts'

/** For whoever is not signed in; the token is one that nobody was given. */
const token = '#token=a-token-that-nobody-was-given'
const waysIn = ['/login', '/forgot-password', '/reset-password', `/reset-password${token}`, `/verify-email${token}`]
const waysIntoFirms = ['/register', `/accept-invitation${token}`]
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

for (const portal of portals) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${portal} has no serious accessibility violation in ${colorScheme}, on a desk and on a phone`, async ({
      browser,
    }) => {
      test.setTimeout(240_000)
      const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' })
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
        await page.setViewportSize({ width: 1280, height: 800 })
        await page.goto(`${urls[portal]}${path}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('[data-loading]')).toHaveCount(0)
        await check(path)
        await page.setViewportSize({ width: 375, height: 740 })
        await check(`${path} on a phone`)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        if (overflow > 0) found.push(`${path} on a phone: ${overflow} px wider than the screen`)
      }
      for (const path of portal === 'dashboard' ? [...waysIn, ...waysIntoFirms] : waysIn) await look(path)
      await signIn(page, portal, pages[portal].email)
      for (const path of pages[portal].paths) await look(path)
      await context.close()
      expect(found).toEqual([])
    })
  }
}
