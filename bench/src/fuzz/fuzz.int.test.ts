import { expect, it } from 'vitest'
import { allowedGrowthMiB, fuzz } from './run.ts'

it('a thousand calls, most of them wrong, find nothing to complain of', async () => {
  const figures = await fuzz({ calls: 1000, seed: 3 }, () => undefined)
  expect(figures.failures).toEqual([])
  expect(figures.calls).toBeGreaterThanOrEqual(1000)
  expect(figures.heapMiB.after - figures.heapMiB.before).toBeLessThan(allowedGrowthMiB)
  // It got past the doors, too; a thousand calls are three or four an operation.
  expect(figures.byStatus).toMatchObject({ 200: expect.any(Number), 201: expect.any(Number), 422: expect.any(Number) })
  expect(figures.operations - figures.neverSucceeded.length).toBeGreaterThan(60)
}, 120_000)
