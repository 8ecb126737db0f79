'use client'
import { useEffect, useRef, useSyncExternalStore } from 'react'

export interface Hotkey {
  key: string
  label: string
  run(): void
  enabled?: boolean
  /** Goes on while the key is held down. */
  repeats?: boolean
}

interface Pressed {
  key: string
  repeat: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  defaultPrevented: boolean
  /** Tag and role of what has the focus. */
  target: { tag: string; editable: boolean } | undefined
  dialogOpen: boolean
}

/** Whether a key press is meant for the page: not while typing, in a dialog, held down or with a modifier. */
export function isForPage(pressed: Pressed, repeats = false): boolean {
  if (pressed.defaultPrevented || pressed.dialogOpen || (pressed.repeat && !repeats)) return false
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return false
  const { target } = pressed
  return !target || !(target.editable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tag))
}

/** A box to tick takes no letters. */
const tagOf = (element: HTMLElement): string =>
  element instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(element.type)
    ? 'BUTTON'
    : element.tagName

/** A panel beside the page leaves the page in use; everything else that opens has the keys for itself. */
const openedOverPage = '[role="dialog"]:not([data-beside]),[role="alertdialog"],[role="menu"]'

const describe = (event: KeyboardEvent): Pressed => ({
  key: event.key,
  repeat: event.repeat,
  ctrlKey: event.ctrlKey,
  metaKey: event.metaKey,
  altKey: event.altKey,
  defaultPrevented: event.defaultPrevented,
  target:
    event.target instanceof HTMLElement
      ? { tag: tagOf(event.target), editable: event.target.isContentEditable }
      : undefined,
  dialogOpen: document.querySelector(openedOverPage) !== null,
})

const offName = 'throughline-single-keys-off'
const listeners = new Set<() => void>()
const readOn = (): boolean => window.localStorage.getItem(offName) === null

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether single keys do anything; who speaks to the machine or hits keys by chance turns them off (WCAG 2.1.4). */
export function useSingleKeys(): readonly [on: boolean, set: (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, readOn, () => true)
  const set = (next: boolean) => {
    if (next) window.localStorage.removeItem(offName)
    else window.localStorage.setItem(offName, 'yes')
    for (const listener of listeners) listener()
  }
  return [on, set]
}

/** Single keys for what a page can do. The same list feeds the help. */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const latest = useRef(hotkeys)
  useEffect(() => {
    latest.current = hotkeys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!readOn()) return
      const hotkey = latest.current.find(({ key, enabled }) => key === event.key && enabled !== false)
      if (!hotkey || !isForPage(describe(event), hotkey.repeats)) return
      event.preventDefault()
      hotkey.run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
