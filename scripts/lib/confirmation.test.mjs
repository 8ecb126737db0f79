import { PassThrough, Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { askForConfirmation } from './confirmation.mjs'

const answerTo = (/** @type {string} */ typed) =>
  askForConfirmation('? ', { input: Readable.from([typed]), output: new PassThrough() })

it('takes the word as a yes, and nothing else', async () => {
  expect(await answerTo('reset\n')).toBe(true)
  for (const typed of ['\n', 'y\n', 'yes\n', 'RESET\n', 'reset it\n']) expect(await answerTo(typed)).toBe(false)
})

it('takes silence as a no', async () => {
  expect(await askForConfirmation('? ', { input: Readable.from([]), output: new PassThrough() })).toBe(false)
})
