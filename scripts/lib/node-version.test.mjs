import { expect, it } from 'vitest'
import { compareVersions, nodeIsTooOld } from './node-version.mjs'

it('compares versions as numbers, not as text', () => {
  expect(compareVersions('v22.9.0', 'v22.19.0')).toBeLessThan(0)
  expect(compareVersions('24.21.0', '24.7')).toBeGreaterThan(0)
  expect(compareVersions('v24.7.0', '24.7')).toBe(0)
  expect(compareVersions('25.0.0-nightly2026', '24.99.99')).toBeGreaterThan(0)
})

it('goes on with a Node that has everything, and leaves an older one', () => {
  expect(['v20.20.2', 'v22.18.0', 'v22.19.0', 'v24.6.9'].map(nodeIsTooOld)).toEqual([true, true, true, true])
  expect(['v24.7.0', 'v24.21.0', 'v26.0.0'].map(nodeIsTooOld)).toEqual([false, false, false])
})
