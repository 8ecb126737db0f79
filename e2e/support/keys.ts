// Keys on what has a name, as somebody without a mouse presses them.
import type { Locator, Page } from '@playwright/test'
import { expect } from './platform.ts'

/** Waits until it can be used: a key on a button that is still disabled does nothing, and nobody is told. */
export async function press(what: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await expect(what).toBeEnabled()
  await what.press(key)
}

export const pressButton = (page: Page, name: string): Promise<void> =>
  press(page.getByRole('button', { name, exact: true }))
