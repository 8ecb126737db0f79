import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { redactedPaths } from './logger.ts'
import { newTraceparent, parseTraceparent } from './traceparent.ts'

it('keeps secrets out of the log, wherever they usually stand', () => {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const log = pino({ redact: { paths: redactedPaths, censor: '[redacted]' } }, sink)
  log.info(
    { req: { headers: { authorization: 'Bearer abc123', cookie: 'abc123', 'set-cookie': 'abc123' } } },
    'request',
  )
  log.info({ password: 'abc123', body: { password: 'abc123', refreshToken: 'abc123' } }, 'login')
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toContain('abc123')
})

it('takes over a well-formed trace and no other', () => {
  const trace = newTraceparent()
  expect(parseTraceparent(trace)).toBe(trace)
  for (const wrong of [undefined, '', 'x', `${trace}-more`, ['a']]) expect(parseTraceparent(wrong)).toBeNull()
})

describe('the lines of a process that ends', () => {
  const logger = path.join(import.meta.dirname, 'logger.ts')
  /** What is on its stdout, a pipe, when it is gone. */
  const linesOf = (ending: string): string[] => {
    const program = `import { createLogger } from ${JSON.stringify(logger)}
      const log = createLogger({ level: 'info', name: 'test' })
      for (let n = 0; n < 200; n++) log.info({ n }, 'a line')
      ${ending}`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
      encoding: 'utf8',
    })
    return stdout.trim().split('\n')
  }
  it.each([
    ['by itself', ''],
    ['by process.exit', 'process.exit(0)'],
    ['with an error', 'throw new Error("unforeseen")'],
  ])('%s are all there, in their order', (_how, ending) => {
    expect(linesOf(ending).map((line) => JSON.parse(line).n)).toEqual(Array.from({ length: 200 }, (_, n) => n))
  })
})
