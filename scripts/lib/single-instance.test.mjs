import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary.mjs'
import { identify } from './proc.mjs'
import { AlreadyRunning, claim, holderOf, withLock } from './single-instance.mjs'

/** @param {string} file */
async function heldByAnother(file) {
  const other = spawn('sleep', ['100'])
  await once(other, 'spawn')
  fs.writeFileSync(file, JSON.stringify(identify(/** @type {number} */ (other.pid))))
  return other
}

it('a claim is given once, and can be taken again when it was given back', () => {
  const file = path.join(temporaryFolder(), 'deep', 'start.pid')
  const release = claim(file)
  expect(holderOf(file)).toBe(process.pid)
  release()
  expect(holderOf(file)).toBeUndefined()
  claim(file)()
})

it('a claim of a living process is respected, that of a killed one is not', async () => {
  const file = path.join(temporaryFolder(), 'start.pid')
  const other = await heldByAnother(file)
  expect(() => claim(file)).toThrow(AlreadyRunning)
  expect(() => claim(file)).toThrow(`process ${other.pid}`)
  other.kill('SIGKILL')
  await once(other, 'exit')
  claim(file)()
})

it.for(['', '{"pid":', '{"pid":"x"}', JSON.stringify({ pid: process.ppid, startedAt: '1' })])(
  'a claim that means nothing is taken over: %s',
  (text) => {
    const file = path.join(temporaryFolder(), 'start.pid')
    fs.writeFileSync(file, text)
    claim(file)
    expect(holderOf(file)).toBe(process.pid)
  },
)

it('work under a lock waits for the process that holds it, and says for which', async () => {
  const file = path.join(temporaryFolder(), 'set-up.pid')
  const other = await heldByAnother(file)
  const waitedFor = /** @type {number[]} */ ([])
  const work = withLock(
    file,
    async () => 'done',
    (pid) => {
      waitedFor.push(pid)
      other.kill('SIGKILL')
    },
  )
  expect(await work).toBe('done')
  expect(waitedFor).toEqual([other.pid])
  expect(holderOf(file)).toBeUndefined()
})
