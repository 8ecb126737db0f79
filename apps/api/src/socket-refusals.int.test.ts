import { createTestWorld, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from './testing.ts'

let world: TestWorld
let api: TestApp

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

it('what the socket server turns away is counted in the metrics, by reason', async () => {
  const url = await api.app.listen({ host: '127.0.0.1', port: 0 })
  const origin = 'https://evil.example'
  for (const path of ['/socket.io', '/api/socket.io'])
    expect((await fetch(`${url}${path}?EIO=4&transport=polling`, { headers: { origin } })).status).toBe(403)
  const { body } = await api.app.inject('/metrics')
  expect(body).toContain('throughline_socket_refused_total{reason="origin"} 2')
})
