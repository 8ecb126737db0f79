import path from 'node:path'
import { root } from '../guards/sources.ts'
import type { Licences } from './licences.ts'
import { type Lockfile, productionPackages } from './lockfile.ts'
import { askPnpm } from './pnpm.ts'

interface Licence {
  license?: { id?: string; name?: string }
  expression?: string
}

export interface Component {
  type: string
  name: string
  version: string
  purl: string
  'bom-ref': string
  scope?: 'required' | 'optional' | 'excluded'
  licenses?: Licence[]
  externalReferences?: { type: string; url: string; hashes?: { alg: string; content: string }[] }[]
}

/** The part of a CycloneDX 1.6 document that is looked at here. */
export interface Sbom {
  bomFormat: string
  specVersion: string
  serialNumber: string
  version: number
  metadata: { timestamp: string; component: Component }
  components: Component[]
  dependencies: { ref: string; dependsOn?: string[] }[]
}

export const sbomFile = path.join(root, 'sbom.cdx.json')

/** `name@version` of a package URL. */
export const keyOf = ({ purl }: Component): string => decodeURIComponent(purl.replace(/^pkg:npm\//, ''))

const cyclonedx = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-spec-version', '1.6', '--sbom-type', 'application']

/**
 * The bill of materials: every package of the lockfile, tools and other platforms included. pnpm knows the whole from the
 * lockfile, and licences and authors of what is installed; neither document of its has both.
 * `scope` says `excluded` for what never reaches production.
 */
export function createSbom(lockfile: Lockfile, licences: Licences): Sbom {
  const whole = askPnpm<Sbom>([...cyclonedx, '--lockfile-only'])
  const described = new Map(askPnpm<Sbom>(cyclonedx).components.map((component) => [component.purl, component]))
  const inProduction = new Set(productionPackages(lockfile))
  const components = whole.components.map((bare): Component => {
    const component = described.get(bare.purl) ?? bare
    const key = keyOf(component)
    if (!(key in lockfile.packages)) return component // of this workspace
    const name = licences.get(key)
    return {
      ...component,
      scope: inProduction.has(key) ? 'required' : 'excluded',
      licenses: component.licenses ?? (name ? [{ license: { name } }] : undefined),
    }
  })
  return { ...whole, components }
}
