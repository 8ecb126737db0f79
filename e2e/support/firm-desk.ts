// A firm of its own with a few deals, for what changes the whole firm.
import type { Page } from '@playwright/test'
import { callApi, type Firm, foundFirm, tokenOf } from './api.ts'
import { expect } from './platform.ts'

export interface FirmDesk extends Firm {
  token: string
  /** Ids by title. */
  deals: Map<string, string>
}

export async function foundDesk(
  deals: readonly { title: string; value?: string; stage?: string }[],
): Promise<FirmDesk> {
  const firm = await foundFirm()
  const token = await tokenOf(firm.owner)
  const ids = new Map<string, string>()
  for (const body of deals) {
    const response = await callApi('/tenant/v1/deals', { method: 'POST', token, body })
    expect(response.status).toBe(201)
    ids.set(body.title, ((await response.json()) as { id: string }).id)
  }
  return { ...firm, token, deals: ids }
}

/** What has the focus, by its accessible name or text. */
export const focused = (page: Page) => page.locator(':focus')
