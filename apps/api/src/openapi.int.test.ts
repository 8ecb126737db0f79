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

it('is described by the committed document; npm run openapi renews it', async () => {
  const response = await api.app.inject('/openapi.json')
  expect(response.statusCode).toBe(200)
  await expect(`${JSON.stringify(response.json(), null, 2)}\n`).toMatchFileSnapshot('../../../docs/openapi.json')
})

it('gives every operation a summary, a tag and the one shape of refusals', () => {
  const document = api.app.swagger() as {
    openapi: string
    paths: Record<string, Record<string, { summary?: string; tags?: string[]; responses: object }>>
  }
  expect(document.openapi).toBe('3.1.0')
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
  )
  expect(operations.length).toBeGreaterThan(35)
  for (const { name, summary, tags, responses } of operations) {
    expect(summary, name).toBeTruthy()
    expect(tags, name).toHaveLength(1)
    if (!name.includes('/health/')) expect(Object.keys(responses), name).toEqual(expect.arrayContaining(['4XX', '5XX']))
  }
})
