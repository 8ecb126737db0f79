import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import { createLineSplitter, createOutput } from './output.mjs'

/** @param {{ isTTY?: boolean, env?: Record<string, string> }} [options] */
function recorded({ isTTY = false, env = {} } = {}) {
  const written = { out: '', err: '' }
  let now = 0
  const output = createOutput({
    name: 'start',
    stdout: { isTTY, write: (text) => (written.out += text) },
    stderr: { isTTY, write: (text) => (written.err += text) },
    now: () => now,
    env,
  })
  return { output, written, pass: (/** @type {number} */ ms) => (now += ms) }
}

describe('lines', () => {
  it('stay whole, however they arrive, with any line end', () => {
    const lines = /** @type {string[]} */ ([])
    const splitter = createLineSplitter((line) => lines.push(line))
    for (const piece of ['one\ntw', 'o\r\nthr', 'ee\n\nfi', 've']) splitter.push(piece)
    expect(lines).toEqual(['one', 'two', 'three', ''])
    splitter.end()
    expect(lines.at(-1)).toBe('five')
  })

  it('of a child carry its name, an unfinished last one too', async () => {
    const { output, written } = recorded()
    const stream = Readable.from([Buffer.from('listening\nhälf'), Buffer.from(' a line')])
    output.prefix('api', stream, 'stdout')
    await finished(stream)
    expect(written.out).toBe('[api] listening\n[api] hälf a line\n')
  })

  it('are coloured on a terminal, each name in its own, and not where NO_COLOR is set', () => {
    const terminal = recorded({ isTTY: true })
    terminal.output.say('hello')
    expect(terminal.written.out).toContain('\u001b[36m[start]\u001b[0m')
    const plain = recorded({ isTTY: true, env: { NO_COLOR: '1' } })
    plain.output.say('hello')
    expect(plain.written.out).toBe('[start] +0.0s hello\n')
  })
})

describe('a step', () => {
  it('says how long it took, and hands on the result', async () => {
    const { output, written, pass } = recorded()
    const result = await output.step('building', async () => {
      pass(1500)
      return 42
    })
    expect(result).toBe(42)
    expect(written.out).toBe('[start] +1.5s ✓ building (1.5 s)\n')
  })

  it('that fails is not called done', async () => {
    const { output, written } = recorded()
    await expect(output.step('building', () => Promise.reject(new Error('no space left')))).rejects.toThrow(
      'no space left',
    )
    expect(written.out).toBe('')
  })
})
