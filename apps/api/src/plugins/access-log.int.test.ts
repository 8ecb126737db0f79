import { createLogger } from '@throughline/telemetry'
import { createTestWorld, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../testing.ts'

let world: TestWorld
let api: TestApp
let lines: string[] = []

beforeAll(async () => {
  world = await createTestWorld()
  const log = createLogger({ level: 'info', name: 'api' }, { write: (line: string) => void lines.push(line) })
  api = await createTestApp(world, { log })
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

it('says of each request once who asked what, how it ended and how long it took', async () => {
  const viewer = await api.as(await world.tenant('Acme'), 'viewer')
  lines = []
  const answer = await viewer.get('/tenant/v1/settings?made=up')
  const [line, ...others] = lines
  expect(others).toEqual([])
  expect(JSON.parse(line ?? '')).toEqual({
    level: 30,
    time: expect.any(String),
    name: 'api',
    reqId: answer.headers['x-request-id'],
    req: { method: 'GET', url: '/tenant/v1/settings?made=up', remoteAddress: '127.0.0.1' },
    res: { statusCode: 422 },
    responseTime: expect.any(Number),
    msg: 'request',
  })
  expect(line).not.toContain(viewer.token)
})

it('measures each route by its pattern, and what is no route as one', async () => {
  await api.app.inject('/nowhere/at/all')
  await api.app.inject('/health/live')
  const { body } = await api.app.inject('/metrics')
  const count = (labels: string) =>
    body.match(new RegExp(`http_request_duration_seconds_count\\{${labels}\\} (\\d+)`))?.[1]
  expect(count('method="GET",route="/health/live",status_code="2xx"')).toBe('1')
  expect(count('method="GET",route="/tenant/v1/settings",status_code="4xx"')).toBe('1')
  expect(count('method="GET",route="__unknown__",status_code="4xx"')).toBe('1')
})

it('puts helmet’s headers on every answer, refusals included', async () => {
  for (const url of ['/health/live', '/nowhere', '/tenant/v1/deals']) {
    const { headers } = await api.app.inject(url)
    expect(headers, url).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      'cross-origin-resource-policy': 'same-site',
      'strict-transport-security': expect.stringContaining('max-age='),
      'x-content-type-options': 'nosniff',
    })
  }
})
