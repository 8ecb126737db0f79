import { expect, it } from 'vitest'
import { isForPage } from './hotkeys.ts'

const press = {
  key: 'a',
  repeat: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  target: { tag: 'BODY', editable: false },
  dialogOpen: false,
}

it('takes a plain key press on the page', () => {
  expect(isForPage(press)).toBe(true)
})

it('decides nothing while somebody types, holds a key down, answers a dialog or means the browser', () => {
  for (const change of [
    { target: { tag: 'TEXTAREA', editable: false } },
    { target: { tag: 'DIV', editable: true } },
    { repeat: true },
    { dialogOpen: true },
    { ctrlKey: true },
    { defaultPrevented: true },
  ])
    expect(isForPage({ ...press, ...change })).toBe(false)
})

it('goes on while a key is held down where that is wished, and never while somebody types', () => {
  expect(isForPage({ ...press, repeat: true }, true)).toBe(true)
  expect(isForPage({ ...press, repeat: true, target: { tag: 'INPUT', editable: false } }, true)).toBe(false)
})
