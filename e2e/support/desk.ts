// A firm of its own with a few deals, for tests of the deal desk.
import type { Browser, Page } from '@playwright/test'
import { callApi, type Firm, foundFirm, tokenOf } from './api.ts'
import { expect, openAs, urls } from './platform.ts'

export interface Desk extends Firm {
  token: string
  /** Ids by title. */
  deals: Map<string, string>
}

interface DealInput {
  title: string
  value?: string
  stage?: string
  expectedCloseDate?: string
}

/** Writes deals down as the owner of the firm. */
export async function addDeals(token: string, inputs: readonly DealInput[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const body of inputs) {
    const response = await callApi('/tenant/v1/deals', { method: 'POST', token, body })
    expect(response.status).toBe(201)
    ids.set(body.title, ((await response.json()) as { id: string }).id)
  }
  return ids
}

export async function foundDesk(inputs: readonly DealInput[]): Promise<Desk> {
  const firm = await foundFirm()
  const token = await tokenOf(firm.owner)
  return { ...firm, token, deals: await addDeals(token, inputs) }
}

/** What the API says of a deal. */
export async function dealOf(desk: Desk, title: string): Promise<Record<string, unknown>> {
  const response = await callApi(`/tenant/v1/deals/${desk.deals.get(title)}`, { token: desk.token })
  return (await response.json()) as Record<string, unknown>
}

/** Somebody on the list of deals, in a browser of their own. */
export async function openList(browser: Browser, email: string) {
  const opened = await openAs(browser, 'dashboard', email)
  await opened.page.goto(`${urls.dashboard}/deals`)
  await expect(opened.page.getByRole('grid', { name: 'Deals' })).toBeVisible()
  return opened
}

export const rowOf = (page: Page, title: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name: title, exact: true }) })

/** What has the focus, by its accessible name or text. */
export const focused = (page: Page) => page.locator(':focus')

/** A notice that the page shows for some seconds. */
export const toast = (page: Page, text: string | RegExp) =>
  page.locator('[data-sonner-toast]').filter({ hasText: text }).first()
