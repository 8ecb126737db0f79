import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSources, root } from './sources.ts'

interface Manifest {
  name: string
  description?: string
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

const members = ['apps', 'packages'].flatMap((folder) =>
  readdirSync(path.join(root, folder)).map((name) => {
    const manifest: Manifest = JSON.parse(readFileSync(path.join(root, folder, name, 'package.json'), 'utf8'))
    return { folder: `${folder}/${name}`, manifest }
  }),
)

describe.for(members)('$folder', ({ folder, manifest }) => {
  it('is named for its folder and says what it holds', () => {
    expect(manifest.name).toBe(`@throughline/${path.basename(folder)}`)
    expect(manifest.description?.length ?? 0).toBeGreaterThan(10)
  })

  it('has the scripts that Turborepo asks every member for', () => {
    expect(Object.keys(manifest.scripts ?? {})).toEqual(expect.arrayContaining(['typecheck', 'test:unit', 'clean']))
  })

  it('takes its versions from the catalog', () => {
    // TypeScript 5 beside openapi-typescript, which needs the compiler's API (docs/adr/0003 is about the same kind of tool).
    const literal = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([name, version]) =>
        !/^(catalog:|workspace:\*)$/.test(version) && !(name === 'typescript' && folder.endsWith('api-client')),
    )
    expect(literal).toEqual([])
  })
})

it('keeps most code in short files', () => {
  const sources = readSources(/^(apps|packages|scripts)\/.*\.(tsx?|mjs)$/)
    .filter(({ file }) => !/\.(test|spec)\./.test(file))
    .map(({ file, text }) => ({ file, lines: text.split('\n').length }))
  const total = sources.reduce((sum, { lines }) => sum + lines, 0)
  const inLong = sources.filter(({ lines }) => lines > 300).reduce((sum, { lines }) => sum + lines, 0)
  expect(inLong / total, 'share of code in files over 300 lines').toBeLessThan(0.1)
  expect(sources.filter(({ lines }) => lines > 400)).toEqual([])
})
