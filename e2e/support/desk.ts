// A few deals of a test's own in a firm of the demo: a tag tells them from all others.
import type { Browser, Locator, Page } from '@playwright/test'
import { callApi, type Firm, foundFirm, tokenOf } from './api.ts'
import { expect, openAs, test as platformTest, urls } from './platform.ts'

export const owner = 'owner@globex.test'

interface DealInput {
  title: string
  value?: string
  stage?: string
  expectedCloseDate?: string
  probability?: number
}

/** One sign-in for all tests of a file: the API counts them. */
let token: Promise<string> | undefined
const ownerToken = (): Promise<string> => {
  token ??= tokenOf(owner)
  return token
}

/** Writes a deal down. @returns its id */
async function write(writer: string, body: object): Promise<string> {
  const response = await callApi('/tenant/v1/deals', { method: 'POST', token: writer, body })
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}

class Desk {
  readonly tag = `e2e-${crypto.randomUUID().slice(0, 8)}`
  readonly #ids = new Map<string, string>()

  async call(path: string, method: 'GET' | 'POST' | 'PATCH' = 'GET', body?: object): Promise<Response> {
    return callApi(`/tenant/v1/deals${path}`, { method, token: await ownerToken(), body })
  }

  /** Writes deals down as the owner of the firm. */
  async add(...inputs: DealInput[]): Promise<void> {
    for (const input of inputs)
      this.#ids.set(input.title, await write(await ownerToken(), { ...input, tags: [this.tag] }))
  }

  idOf(title: string): string {
    const id = this.#ids.get(title)
    if (!id) throw new Error(`no test made ${title}`)
    return id
  }

  /** What the API says of a deal. */
  async read(title: string): Promise<Record<string, unknown>> {
    return (await this.call(`/${this.idOf(title)}`)).json() as Promise<Record<string, unknown>>
  }

  /** The address of a layout with the deals of this test alone. */
  at(path: '/deals' | '/pipeline' | '/deals/calendar', more = ''): string {
    return `${urls.dashboard}${path}?tag=${this.tag}${more}`
  }

  async clear(): Promise<void> {
    const { data } = (await (await this.call(`?tag=${this.tag}&limit=100`)).json()) as { data: { id: string }[] }
    if (data.length > 0) await this.call('/bulk-delete', 'POST', { ids: data.map(({ id }) => id) })
  }
}

/** Tests with deals of their own, which are gone afterwards. */
export const test = platformTest.extend<{ desk: Desk }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern.
  desk: async ({}, use) => {
    const desk = new Desk()
    await use(desk)
    await desk.clear()
  },
})

/** Somebody on the list, in a browser of their own. */
export async function openList(browser: Browser, desk: Desk, email: string) {
  const opened = await openAs(browser, 'dashboard', email)
  await opened.page.goto(desk.at('/deals'))
  await expect(opened.page.getByRole('grid', { name: 'Deals' }).getByRole('link').first()).toBeVisible()
  return opened
}

export const rowOf = (page: Page, title: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name: title, exact: true }) })

async function centreOf(place: Locator): Promise<{ x: number; y: number }> {
  await place.scrollIntoViewIfNeeded()
  const box = await place.boundingBox()
  if (!box) throw new Error('it is not on the page')
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 60) }
}

/** Takes something with the mouse, carries it step by step as a hand does, and lets it go. */
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await centreOf(from)
  const end = await centreOf(to)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 8, start.y + 8, { steps: 4 })
  await page.mouse.move(end.x, end.y, { steps: 12 })
  await page.mouse.up()
}

/** A notice that the page shows for some seconds. */
export const toast = (page: Page, text: string | RegExp) =>
  page.locator('[data-sonner-toast]').filter({ hasText: text }).first()

/** A firm of its own, for tests that change what all of its people see. The API lets few be registered in a minute. */
interface FirmDesk extends Firm {
  token: string
  /** Ids by title. */
  deals: Map<string, string>
}

export async function foundDesk(inputs: readonly DealInput[]): Promise<FirmDesk> {
  const firm = await foundFirm()
  const firmToken = await tokenOf(firm.owner)
  const deals = new Map<string, string>()
  for (const body of inputs) deals.set(body.title, await write(firmToken, body))
  return { ...firm, token: firmToken, deals }
}

/** What has the focus, by its accessible name or text. */
export const focused = (page: Page) => page.locator(':focus')
