import { apiKeyScopes } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { byArea, exampleFor, offeredAreas } from './scopes.ts'

it('gathers scopes by what they are about, also an area that has no name yet', () => {
  const areas = byArea(['deal:read', 'wire_transfer:send', 'deal:create'])
  expect(areas.map(({ label, scopes }) => [label, scopes.map(({ verb }) => verb)])).toEqual([
    ['Deals', ['read', 'create']],
    ['Wire transfer', ['send']],
  ])
})

it('offers every scope that a key can have, once', () => {
  const offered = offeredAreas.flatMap(({ looks, changes }) => [...looks, ...changes].map(({ scope }) => scope))
  expect(offered.toSorted()).toEqual([...apiKeyScopes].toSorted())
})

it('shows how to try a key with something that it may read, and nothing when there is no such thing', () => {
  expect(exampleFor('https://desk.test', 'tlk_1', ['deal:create', 'settings:read'])).toBe(
    'curl -H "Authorization: Bearer tlk_1" "https://desk.test/api/tenant/v1/settings"',
  )
  expect(exampleFor('https://desk.test', 'tlk_1', ['deal:create'])).toBeUndefined()
})
