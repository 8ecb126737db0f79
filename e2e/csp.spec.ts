import type { Page } from '@playwright/test'
import { pages, portals } from './support/pages.ts'
import { expect, signIn, test, urls, watchForErrors } from './support/platform.ts'

/** What the browser has refused since the page was opened. */
async function watchForRefusals(page: Page): Promise<string[]> {
  const refused: string[] = []
  await page.exposeFunction('noteRefusal', (what: string) => refused.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { noteRefusal } = window as unknown as { noteRefusal(what: string): void }
      noteRefusal(`${event.effectiveDirective} ${event.blockedURI}`)
    })
  })
  return refused
}

const injected = (page: Page) => page.evaluate(() => (window as { injected?: string }).injected)
const isRefusal = (error: string) => error.includes('Content Security Policy')

for (const portal of portals) {
  test(`${portal} sends each page with a nonce of its own, on every script and whatever is claimed`, async ({
    request,
  }) => {
    const nonces = new Set<string>()
    for (const path of ['/login', '/login', '/no/such/page', pages[portal].paths[0] ?? '/']) {
      const response = await request.get(`${urls[portal]}${path}`, {
        headers: { 'content-security-policy': "script-src 'nonce-claimed'", 'x-nonce': 'claimed' },
      })
      const policy = response.headers()['content-security-policy'] ?? ''
      const nonce = /script-src 'self' 'nonce-([^']+)';/.exec(policy)?.[1] ?? 'none'
      const html = await response.text()
      const scripts = html.match(/<script[^>]*>/g) ?? []
      expect(scripts.length, path).toBeGreaterThan(5)
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
      expect(html).not.toContain('claimed')
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(4)
  })

  test(`${portal} runs no script, handler or text that got into its page`, async ({ page, errors }) => {
    const refused = await watchForRefusals(page)
    await page.goto(`${urls[portal]}/login`)
    await expect(page.getByLabel('E-mail')).toBeVisible()
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = "a script"'
      const button = document.createElement('button')
      button.setAttribute('onclick', 'window.injected = "a handler"')
      const link = document.createElement('a')
      link.href = 'javascript:window.injected = "an address"'
      document.body.append(script, button, link)
      button.click()
      link.click()
      // biome-ignore lint/security/noGlobalEval: that it is refused is what is tried; later, as the driver's own call may.
      const evaluate = () => window.eval('window.injected = "evaluated text"')
      setTimeout(evaluate, 0)
    })
    await expect
      .poll(() => refused.toSorted())
      .toEqual(['script-src eval', 'script-src-attr inline', 'script-src-elem inline', 'script-src-elem inline'])
    expect(await injected(page)).toBeUndefined()
    expect(errors.filter((error) => !isRefusal(error))).toEqual([])
    errors.length = 0
  })

  test(`${portal} runs no script that came with its page, not even with another page’s nonce`, async ({
    page,
    request,
    errors,
  }) => {
    const refused = await watchForRefusals(page)
    const login = `${urls[portal]}/login`
    const other = /nonce="([^"]+)"/.exec(await (await request.get(login)).text())?.[1]
    await page.route(login, async (route) => {
      const response = await route.fetch()
      const markup = `<script>window.injected = 'plain'</script><script nonce="${other}">window.injected = 'stale'</script><img src="data:," onerror="window.injected = 'image'"><base href="https://evil.example/"><script src="https://evil.example/x.js"></script>`
      await route.fulfill({ response, body: (await response.text()).replace('<body>', `<body>${markup}`) })
    })
    await page.goto(login)
    await expect(page.getByLabel('E-mail')).toBeVisible()
    await expect
      .poll(() => [...new Set(refused)].toSorted())
      .toEqual([
        'base-uri https://evil.example/',
        'script-src-attr inline',
        'script-src-elem https://evil.example/x.js',
        'script-src-elem inline',
      ])
    expect(await injected(page)).toBeUndefined()
    expect(errors.filter((error) => !isRefusal(error))).toEqual([])
    errors.length = 0
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${portal} has nothing refused on any of its pages in ${colorScheme}`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme })
      const page = await context.newPage()
      const errors = watchForErrors(page)
      const refused = await watchForRefusals(page)
      await signIn(page, portal, pages[portal].email)
      for (const path of [...pages[portal].paths, '/no/such/page']) {
        const response = await page.goto(`${urls[portal]}${path}`)
        expect(response?.status()).toBe(path === '/no/such/page' ? 404 : 200)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('[data-loading]')).toHaveCount(0)
        await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
      }
      // The one error is the browser's own word on the 404.
      expect(errors.filter((error) => !error.includes('404'))).toEqual([])
      expect(refused).toEqual([])
      await context.close()
    })
  }

  test(`${portal} may change its theme, open its menu and go from page to page`, async ({ page }) => {
    const refused = await watchForRefusals(page)
    await signIn(page, portal, pages[portal].email)
    for (const theme of ['Dark', 'Light']) {
      await page.getByRole('button', { name: 'Account menu' }).click()
      await expect(page.locator('head > style')).not.toHaveCount(0)
      await page.getByRole('menuitem', { name: theme }).click()
      await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme.toLowerCase()}\\b`))
    }
    const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
    for (const link of await links.all()) {
      await link.click()
      await expect(link).toHaveAttribute('aria-current', 'page')
    }
    expect(refused).toEqual([])
  })

  test(`${portal} knows its theme before any of its script files has come`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme: 'dark' })
    const page = await context.newPage()
    await page.route('**/*.js', (route) => route.abort())
    await page.goto(`${urls[portal]}/login`)
    await expect(page.locator('html')).toHaveClass(/\bdark\b/)
    await context.close()
  })

  test(`${portal} can say that Next itself has failed, though none of that page’s scripts may run`, async ({
    page,
    errors,
  }) => {
    await page.context().addCookies([{ name: `tl_${portal}_access`, value: 'any', url: urls[portal] }])
    await page.goto(`${urls[portal]}/_global-error`)
    await expect(page.getByRole('heading', { name: 'This page couldn’t load' })).toBeVisible()
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(page).toHaveURL(/_global-error\?$/)
    // The one page that Next makes at build time: its scripts and styles have no nonce.
    expect(errors.filter((error) => !isRefusal(error) && !/status of (404|500)/.test(error))).toEqual([])
    errors.length = 0
  })
}
