import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  exceptions,
  installedLicences,
  isAllowedLicence,
  type Licences,
  licencesFile,
  listedLicences,
  productionLicences,
  renderLicences,
} from './licences.ts'
import { productionPackages, readLockfile } from './lockfile.ts'

const lockfile = readLockfile()
const installed = installedLicences()
const listed = listedLicences()
const refused = (licences: Licences) =>
  [...licences]
    .filter(([key, licence]) => !isAllowedLicence(key, licence))
    .map(([key, licence]) => `${key}: ${licence}`)

describe('the licences', () => {
  it('are listed as the lockfile and the packages say', () => {
    const now = renderLicences(productionLicences(lockfile, installed, listed))
    expect(readFileSync(licencesFile, 'utf8'), 'npm run licences renews it').toBe(now)
  })

  it('are known and allowed, for every package that reaches production', () => {
    expect(listed.size).toBeGreaterThan(300)
    expect(refused(listed), 'another package, or a row with a reason in tooling/supply-chain/licences.ts').toEqual([])
  })

  it('are allowed for builds for this machine, where it is another than that of the images', () => {
    const here = productionPackages(lockfile).flatMap((key): [string, string][] => {
      const licence = installed.get(key)
      return licence === undefined ? [] : [[key, licence]]
    })
    expect(refused(new Map(here))).toEqual([])
  })

  it('have no exception that nobody needs', () => {
    const unused = exceptions.filter(
      ({ licence, packages }) =>
        ![...listed].some(([key, of]) => of === licence && packages.test(key.replace(/@[^@]*$/, ''))),
    )
    expect(unused).toEqual([])
  })
})

describe('the list of licences', () => {
  it.for([
    ['a licence that asks for the source of everything', 'left-pad@1.0.0', 'AGPL-3.0-only'],
    ['a package that says nothing', 'left-pad@1.0.0', 'Unknown'],
    ['a package that is not installed and not known', 'left-pad@1.0.0', 'unknown'],
    ['no licence at all', 'left-pad@1.0.0', 'UNLICENSED'],
    ['a choice that nobody has looked at', 'left-pad@1.0.0', '(MIT OR GPL-2.0)'],
    ['the licence of an exception at another package', 'left-pad@1.0.0', 'LGPL-3.0-or-later'],
  ])('refuses %s', ([, key = '', licence = '']) => {
    expect(isAllowedLicence(key, licence)).toBe(false)
  })

  it('reads what it has written', () => {
    const licences: Licences = new Map([
      ['@img/sharp-libvips-linux-x64@1.0.0', 'LGPL-3.0-or-later'],
      ['zod@4.0.0-rc.1', 'MIT'],
    ])
    expect(listedLicences(renderLicences(licences))).toEqual(licences)
  })

  it('calls unknown what is neither installed nor listed, and believes the installed package first', () => {
    const [first = '', second = '', third = ''] = productionPackages(lockfile)
    const licences = productionLicences(
      lockfile,
      new Map([[first, 'MIT']]),
      new Map([
        [first, 'ISC'],
        [second, 'ISC'],
      ]),
    )
    expect([licences.get(first), licences.get(second), licences.get(third)]).toEqual(['MIT', 'ISC', 'unknown'])
  })
})
