import { expect, it } from 'vitest'
import { isRefusal, issueAt, readRefusal } from './api-error.ts'

const refusal = (code: string, extra: { details?: object; headers?: HeadersInit } = {}) =>
  new Response(JSON.stringify({ error: { code, message: 'No.', requestId: 'r-1', details: extra.details } }), {
    status: 429,
    headers: extra.headers,
  })

it('says how long to wait when the API says it', async () => {
  const locked = await readRefusal(refusal('rate_limited', { headers: { 'retry-after': '12' } }))
  expect(locked).toMatchObject({ code: 'rate_limited', status: 429, retryAfterSeconds: 12 })
  expect((await readRefusal(refusal('rate_limited'))).retryAfterSeconds).toBeUndefined()
  const dated = await readRefusal(
    refusal('rate_limited', { headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } }),
  )
  expect(dated.retryAfterSeconds).toBeUndefined()
})

it('makes a refusal of what is none of ours', async () => {
  expect(await readRefusal(new Response('<h1>Bad gateway</h1>', { status: 502 }))).toMatchObject({
    code: 'internal',
    message: 'The server answered 502.',
  })
})

it('knows its own codes, and nothing else', async () => {
  const error = await readRefusal(refusal('second_factor_required'))
  expect(isRefusal(error, 'second_factor_wrong', 'second_factor_required')).toBe(true)
  expect(isRefusal(error, 'second_factor_wrong')).toBe(false)
  expect(isRefusal(new Error('second_factor_required'), 'second_factor_required')).toBe(false)
})

it('finds what is wrong with one field', async () => {
  const details = { issues: [{ path: 'body.name', message: 'is needed' }] }
  const error = await readRefusal(refusal('validation_failed', { details }))
  expect(issueAt(error, 'name')).toBe('is needed')
  expect(issueAt(error, 'email')).toBeUndefined()
  expect(issueAt(new Error('no'), 'name')).toBeUndefined()
})
