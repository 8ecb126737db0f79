import { expect, it } from 'vitest'
import { readableLogLine } from './log-line.mjs'

it('makes a log line readable: level, message, fields, request', () => {
  const entry = {
    level: 30,
    time: 't',
    name: 'api',
    reqId: 'r-1',
    req: { method: 'GET', url: '/docs' },
    msg: 'incoming request',
    queues: ['a', 'b'],
    port: 3003,
  }
  expect(readableLogLine(JSON.stringify(entry))).toBe(
    'info incoming request GET /docs queues=["a","b"] port=3003 (r-1)',
  )
  expect(readableLogLine('{"level":30,"res":{"statusCode":404},"responseTime":1.6,"msg":"request completed"}')).toBe(
    'info request completed 404 2 ms',
  )
})

it('shows an error with its stack', () => {
  expect(readableLogLine('{"level":50,"msg":"no","err":{"message":"m","stack":"Error: m\\n    at x"}}')).toBe(
    'ERROR no Error: m\n    at x',
  )
})

it('leaves every other line as it is', () => {
  for (const line of ['listening', '', '{"a":1}', '{"level":30,', '[x] {"level":30}'])
    expect(readableLogLine(line)).toBe(line)
})
