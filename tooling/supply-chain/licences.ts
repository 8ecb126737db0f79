import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../guards/sources.ts'
import { fitsImages, type Lockfile, productionPackages, splitKey } from './lockfile.ts'
import { askPnpm } from './pnpm.ts'

/** By `name@version`: what its package.json or its licence file says. */
export type Licences = Map<string, string>

export const licencesFile = path.join(root, 'docs/licences.md')

/** They ask for a notice at most. An expression is allowed as a whole, so that a person has read it. */
const allowedLicences = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  '(MIT AND Zlib)',
  '(MIT OR CC0-1.0)',
  '(AFL-2.1 OR BSD-3-Clause)',
])

/** They ask for more, and this use of these packages fulfils it. */
export const exceptions: { licence: string; packages: RegExp; reason: string }[] = [
  {
    licence: 'LGPL-3.0-or-later',
    packages: /^@img\/sharp-libvips-/,
    reason: 'a library that is loaded at run time, unchanged, and can be exchanged for another build',
  },
  { licence: 'CC-BY-4.0', packages: /^caniuse-lite$/, reason: 'data about browsers; this list names its author' },
  {
    licence: 'SIL OPEN FONT LICENSE',
    packages: /^geist$/,
    reason: 'a font that is shipped with software, not sold alone',
  },
  {
    licence: 'OFL-1.1',
    packages: /^@fontsource\/noto-sans$/,
    reason: 'a font that is embedded in documents, which the licence allows, and not sold alone',
  },
]

/** @param key `name@version` */
export function isAllowedLicence(key: string, licence: string): boolean {
  const { name } = splitKey(key)
  return (
    allowedLicences.has(licence) ||
    exceptions.some((exception) => exception.licence === licence && exception.packages.test(name))
  )
}

/** Of everything in node_modules, tools included. */
export function installedLicences(): Licences {
  const answer = askPnpm<Record<string, { name: string; versions: string[] }[]>>(['licenses', 'list', '-r', '--json'])
  return new Map(
    Object.entries(answer).flatMap(([licence, packages]) =>
      packages.flatMap(({ name, versions }) =>
        versions.map((version): [string, string] => [`${name}@${version}`, licence]),
      ),
    ),
  )
}

/** The list as it is committed. */
export function listedLicences(text = readFileSync(licencesFile, 'utf8')): Licences {
  const rows = text.matchAll(/^\| (?<name>@?[a-z]\S*) \| (?<version>\d\S*) \| (?<licence>[^|]+) \|$/gm)
  return new Map([...rows].map(({ groups = {} }) => [`${groups.name}@${groups.version}`, groups.licence ?? '']))
}

/**
 * The licences of what the images carry. On another machine some of it is not installed; what is known of that is taken over.
 * @returns 'unknown' for what is neither installed nor known
 */
export function productionLicences(lockfile: Lockfile, installed: Licences, known: Licences): Licences {
  const keys = productionPackages(lockfile, fitsImages)
  return new Map(keys.map((key) => [key, installed.get(key) ?? known.get(key) ?? 'unknown']))
}

export function renderLicences(licences: Licences): string {
  const counts = new Map<string, number>()
  for (const licence of licences.values()) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  const summary = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return `# Licences of what the images carry

Written by \`npm run licences\` from the lockfile and what is installed; a test holds it. Tools of development, benchmarks
and browser tests are not in it, nor builds for platforms other than that of the images (Linux, x64, glibc).

| Licence | Packages |
|---|---|
${summary.map(([licence, count]) => `| ${licence} | ${count} |`).join('\n')}

| Package | Version | Licence |
|---|---|---|
${[...licences]
  .map(([key, licence]) => {
    const { name, version } = splitKey(key)
    return `| ${name} | ${version} | ${licence} |`
  })
  .join('\n')}
`
}
