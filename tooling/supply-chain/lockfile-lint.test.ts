import { describe, expect, it } from 'vitest'
import {
  fitsImages,
  type Lockfile,
  productionPackages,
  readLockfile,
  readWorkspace,
  type Workspace,
} from './lockfile.ts'
import { lintLockfile } from './lockfile-lint.ts'

const integrity = (character: string) => `sha512-${character.repeat(86)}==`

function small(): { lockfile: Lockfile; workspace: Workspace } {
  return {
    lockfile: {
      lockfileVersion: '9.0',
      catalogs: { default: { good: { specifier: '1.0.0', version: '1.0.0' } } },
      importers: {
        'apps/api': {
          dependencies: {
            good: { specifier: 'catalog:', version: '1.0.0(peer@3.0.0)' },
            '@throughline/config': { specifier: 'workspace:*', version: 'link:../../packages/config' },
          },
          devDependencies: { tool: { specifier: '4.0.0', version: '4.0.0' } },
        },
        'packages/config': { dependencies: { deep: { specifier: '5.0.0', version: '5.0.0' } } },
        bench: { dependencies: { load: { specifier: '6.0.0', version: '6.0.0' } } },
      },
      packages: {
        'good@1.0.0': { resolution: { integrity: integrity('A') } },
        'peer@3.0.0': { resolution: { integrity: integrity('B') } },
        'tool@4.0.0': { resolution: { integrity: integrity('C') } },
        'deep@5.0.0': { resolution: { integrity: integrity('D') } },
        'load@6.0.0': { resolution: { integrity: integrity('E') } },
        '@other/name@7.0.0-rc.1': { resolution: { integrity: integrity('F') }, os: ['darwin'] },
      },
      snapshots: {
        'good@1.0.0(peer@3.0.0)': { dependencies: { peer: '3.0.0', alias: '@other/name@7.0.0-rc.1' } },
        'peer@3.0.0': {},
        'tool@4.0.0': {},
        'deep@5.0.0': {},
        'load@6.0.0': {},
        '@other/name@7.0.0-rc.1': {},
      },
    },
    workspace: { catalog: { good: '1.0.0' }, allowBuilds: {} },
  }
}

type Tampering = (lockfile: Lockfile, workspace: Workspace) => void

const withPackage =
  (key: string, resolution: Record<string, unknown>): Tampering =>
  (lockfile) => {
    lockfile.packages[key] = { resolution }
    lockfile.snapshots[key] = {}
  }
const withWanted =
  (specifier: string, version: string): Tampering =>
  (lockfile) => {
    lockfile.importers.bench = { dependencies: { load: { specifier, version } } }
  }

const tamperings: [string, Tampering, RegExp][] = [
  ['a package without a hash', withPackage('bad@1.0.0', {}), /no sha512/],
  ['a weak hash', withPackage('bad@1.0.0', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }), /no sha512/],
  ['half a hash', withPackage('bad@1.0.0', { integrity: 'sha512-AAAA' }), /no sha512/],
  [
    'a tarball from elsewhere',
    withPackage('bad@1.0.0', { integrity: integrity('A'), tarball: 'https://files.example/bad.tgz' }),
    /elsewhere.*tarball/,
  ],
  ['a git repository', withPackage('bad@git+ssh://git.example/x', { type: 'git', repo: 'x' }), /elsewhere.*repo/],
  ['a folder', withPackage('bad@file:../x', { type: 'directory', directory: '../x' }), /not a version/],
  ['a name that is none', withPackage('Bad Name@1.0.0', { integrity: integrity('A') }), /not a name/],
  ['a name that leaves its folder', withPackage('../bad@1.0.0', { integrity: integrity('A') }), /not a name/],
  ['a range', withWanted('^6.0.0', '6.0.0'), /not an exact version/],
  ['an address', withWanted('https://files.example/load.tgz', '6.0.0'), /not an exact version/],
  ['a link out of the workspace', withWanted('workspace:*', 'link:../elsewhere'), /outside of the workspace/],
  ['a link that does not say so', withWanted('6.0.0', 'link:../packages/config'), /without workspace/],
  ['a version that is not locked', withWanted('6.0.0', '6.0.1'), /not locked/],
  [
    'a dependency that is not locked',
    (lockfile) => {
      lockfile.snapshots['peer@3.0.0'] = { dependencies: { surprise: 'https://files.example/s.tgz' } }
    },
    /surprise.*not locked/,
  ],
  [
    'a snapshot without an entry',
    (lockfile) => {
      lockfile.snapshots['surprise@1.0.0'] = {}
    },
    /no entry/,
  ],
  [
    'a range in the catalog',
    (_, workspace) => {
      workspace.catalog.good = '~1.0.0'
    },
    /~1\.0\.0: not an exact version/,
  ],
  [
    'another version than the catalog names',
    (_, workspace) => {
      workspace.catalog.good = '1.0.1'
    },
    /1\.0\.0 in the lockfile and 1\.0\.1/,
  ],
  [
    'a range in a package extension',
    (_, workspace) => {
      workspace.packageExtensions = { 'good@1': { dependencies: { peer: '>=3' } } }
    },
    />=3: not an exact version/,
  ],
  [
    'a format that it does not know',
    (lockfile) => {
      lockfile.lockfileVersion = '10.0'
    },
    /not known/,
  ],
]

describe('the lint of the lockfile', () => {
  it('has nothing to say about ours', () => {
    const lockfile = readLockfile()
    expect(Object.keys(lockfile.packages).length).toBeGreaterThan(500)
    expect(lintLockfile(lockfile, readWorkspace())).toEqual([])
  })

  it('has nothing to say about a small one', () => {
    const { lockfile, workspace } = small()
    expect(lintLockfile(lockfile, workspace)).toEqual([])
  })

  it.for(tamperings)('refuses %s', ([, tamper, complaint]) => {
    const { lockfile, workspace } = small()
    tamper(lockfile, workspace)
    expect(lintLockfile(lockfile, workspace).join('\n')).toMatch(complaint)
  })
})

describe('what reaches production', () => {
  it('is what apps need to run, through packages of the workspace too', () => {
    expect(productionPackages(small().lockfile)).toEqual([
      '@other/name@7.0.0-rc.1',
      'deep@5.0.0',
      'good@1.0.0',
      'peer@3.0.0',
    ])
  })

  it('has no optional peer that is there for development only', () => {
    const { lockfile } = small()
    const good = lockfile.packages['good@1.0.0']
    const config = lockfile.importers['packages/config']
    if (!good || !config) throw new Error('the small lockfile has changed')
    good.peerDependenciesMeta = { peer: { optional: true } }
    expect(productionPackages(lockfile)).toContain('peer@3.0.0')
    config.devDependencies = { peer: { specifier: '3.0.0', version: '3.0.0' } }
    expect(productionPackages(lockfile)).not.toContain('peer@3.0.0')
  })

  it('can be narrowed to the platform of the images', () => {
    expect(productionPackages(small().lockfile, fitsImages)).not.toContain('@other/name@7.0.0-rc.1')
  })
})
