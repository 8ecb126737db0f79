import { describe, expect, it } from 'vitest'
import { installedLicences } from './licences.ts'
import { readLockfile } from './lockfile.ts'
import { createSbom, keyOf } from './sbom.ts'

const lockfile = readLockfile()
const licences = installedLicences()
const sbom = createSbom(lockfile, licences)
const locked = Object.entries(lockfile.packages)
const byKey = new Map(sbom.components.map((component) => [keyOf(component), component]))
const problemsOf = (check: (key: string, integrity: string) => boolean) =>
  locked.filter(([key, { resolution }]) => !check(key, resolution.integrity ?? '')).map(([key]) => key)

describe('the bill of materials', () => {
  it('is a CycloneDX 1.6 document with a number of its own', () => {
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 })
    expect(sbom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(new Date(sbom.metadata.timestamp).getTime()).not.toBeNaN()
    expect(sbom.metadata.component).toMatchObject({ type: 'application', name: 'throughline' })
    expect(createSbom(lockfile, licences).serialNumber).not.toBe(sbom.serialNumber)
  })

  it('has every package of the lockfile once, by its package URL', () => {
    expect(problemsOf((key) => byKey.has(key))).toEqual([])
    expect(byKey.size).toBe(sbom.components.length)
    for (const { type, purl, name, version } of sbom.components) {
      expect(type).toBe('library')
      expect(purl).toMatch(/^pkg:npm\/(%40[^/@]+\/)?[^/@]+@\S+$/)
      expect(purl.endsWith(`${name}@${version}`)).toBe(true)
    }
  })

  it('has the hash that the lockfile asks for', () => {
    const hashOf = (key: string) =>
      byKey.get(key)?.externalReferences?.find(({ type }) => type === 'distribution')?.hashes?.[0]
    const wrong = problemsOf((key, integrity) => {
      const hash = hashOf(key)
      const content = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex')
      return hash?.alg === 'SHA-512' && hash.content === content
    })
    expect(wrong).toEqual([])
  })

  it('has the licence of everything that is installed', () => {
    const wrong = problemsOf((key) => {
      const { license, expression } = byKey.get(key)?.licenses?.[0] ?? {}
      return !licences.has(key) || Boolean(license?.id ?? license?.name ?? expression)
    })
    expect(wrong).toEqual([])
    expect(licences.size).toBeGreaterThan(300)
  })

  it('tells production from tools', () => {
    const scopeOf = (name: string) => sbom.components.find((component) => component.purl.includes(`/${name}@`))?.scope
    expect(['fastify', 'next', 'bullmq'].map(scopeOf)).toEqual(['required', 'required', 'required'])
    expect(['vitest', 'typescript', 'autocannon', 'prisma'].map(scopeOf)).toEqual(Array(4).fill('excluded'))
  })

  it('says what depends on what, about components that it has', () => {
    const refs = new Set([sbom.metadata.component, ...sbom.components].map((component) => component['bom-ref']))
    expect(sbom.dependencies.length).toBe(refs.size)
    const dangling = sbom.dependencies
      .flatMap(({ ref, dependsOn = [] }) => [ref, ...dependsOn])
      .filter((ref) => !refs.has(ref))
    expect(dangling).toEqual([])
  })
})
