// A page as axe sees it: in both themes, on a desk and on a phone.
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from '@playwright/test'
import { expect } from './platform.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const desk = { width: 1280, height: 800 }
const phone = { width: 375, height: 740 }

/** Collects what is wrong with what a page shows; `found` is empty when nothing is, of whatever impact. */
export async function openLooks(browser: Browser) {
  const context = await browser.newContext({ colorScheme: 'light', reducedMotion: 'reduce', viewport: desk })
  const page = await context.newPage()
  const found: string[] = []
  const check = async (where: string) => {
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
    for (const { id, impact, nodes } of violations) found.push(`${where}: ${id} (${impact}) at ${nodes[0]?.target}`)
  }
  /** Looks at what is open now. */
  const look = async (where: string) => {
    await expect(page.locator('[data-loading]')).toHaveCount(0)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
      await page.setViewportSize(desk)
      await check(`${where}, ${colorScheme}`)
      await page.setViewportSize(phone)
      await check(`${where}, ${colorScheme}, on a phone`)
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (overflow > 0) found.push(`${where} on a phone: ${overflow} px wider than the screen`)
    await page.setViewportSize(desk)
  }
  const open = async (address: string) => {
    // From another page: what changes behind the `#` alone loads nothing.
    await page.goto('about:blank')
    await page.setViewportSize(desk)
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  return { page, found, open, look, close: (): Promise<void> => context.close() }
}
