import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Portal, signIn, test, urls } from './support/platform.ts'

const pages: Record<Portal, { email: string; paths: string[] }> = {
  dashboard: { email: 'owner@acme.test', paths: ['/pipeline', '/deals', '/imports', '/content', '/settings'] },
  dm: { email: 'reviewer2@throughline.test', paths: ['/queue', '/history'] },
  manage: {
    email: 'superadmin@throughline.test',
    paths: ['/', '/tenants', '/users', '/audit', '/mail', '/jobs', '/dead-letters', '/queues', '/health'],
  },
}
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

for (const portal of Object.keys(pages) as Portal[]) {
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
      await page.goto(`${urls[portal]}/login`)
      await check('/login')
      await signIn(page, portal, pages[portal].email)
      for (const path of pages[portal].paths) {
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
      await context.close()
      expect(found).toEqual([])
    })
  }
}
