// docs/openapi.json and docs/permissions.md are made from the routes; `npm run documents` renews them.
import { createTestWorld, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as z from 'zod'
import { permissionTable } from './permission-table.ts'
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

it('is described by the committed document; npm run documents renews it', async () => {
  const response = await api.app.inject('/openapi.json')
  expect(response.statusCode).toBe(200)
  await expect(`${JSON.stringify(response.json(), null, 2)}\n`).toMatchFileSnapshot('../../../docs/openapi.json')
})

it('has the permissions that the committed table shows; npm run documents renews it', async () => {
  await expect(permissionTable(api.app.knownRoutes)).toMatchFileSnapshot('../../../docs/permissions.md')
})

const described = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        summary: z.string().min(3),
        tags: z.array(z.string()).length(1),
        responses: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
})

it('gives every operation a summary, a tag and the one shape of refusals', () => {
  const { paths } = described.parse(api.app.swagger())
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({
      name: `${method} ${path}`,
      answers: Object.keys(responses),
    })),
  )
  expect(operations.length).toBeGreaterThan(35)
  for (const { name, answers } of operations) expect(answers, name).toEqual(expect.arrayContaining(['4XX', '5XX']))
})
