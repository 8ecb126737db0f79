import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, it } from 'vitest'
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
