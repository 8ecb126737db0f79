'use client'
import { useEffect, useRef } from 'react'

export interface Hotkey {
  key: string
  label: string
  run(): void
  enabled?: boolean
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
export function isForPage(pressed: Pressed): boolean {
  if (pressed.defaultPrevented || pressed.repeat || pressed.dialogOpen) return false
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return false
  const { target } = pressed
  return !target || !(target.editable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tag))
}

const describe = (event: KeyboardEvent): Pressed => ({
  key: event.key,
  repeat: event.repeat,
  ctrlKey: event.ctrlKey,
  metaKey: event.metaKey,
  altKey: event.altKey,
  defaultPrevented: event.defaultPrevented,
  target:
    event.target instanceof HTMLElement
      ? { tag: event.target.tagName, editable: event.target.isContentEditable }
      : undefined,
  dialogOpen: document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]') !== null,
})

/** Single keys for what a page can do. The same list feeds the help. */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const latest = useRef(hotkeys)
  useEffect(() => {
    latest.current = hotkeys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isForPage(describe(event))) return
      const hotkey = latest.current.find(({ key, enabled }) => key === event.key && enabled !== false)
      if (!hotkey) return
      event.preventDefault()
      hotkey.run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
