import { expect, it } from 'vitest'
import { UsageError } from './arguments.mjs'
import { selectTiers } from './tiers.mjs'

const names = (/** @type {string | undefined} */ only) => selectTiers(only).map(([name]) => name)

it('runs the quick tiers first, all of them unless some are named', () => {
  expect(names(undefined)).toEqual(['lint', 'types', 'unit', 'integration', 'e2e'])
  expect(names('e2e,unit')).toEqual(['unit', 'e2e'])
})

it('refuses a tier that does not exist', () => {
  expect(() => names('browser')).toThrow(UsageError)
})
