import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary.mjs'
import { createStamp, hashOf, hashOfManifests, hashOfSources } from './stamp.mjs'

let root = ''
const write = (/** @type {string} */ file, /** @type {string} */ text) => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  fs.writeFileSync(path.join(root, file), text)
}
beforeEach(() => {
  root = temporaryFolder()
  write('apps/api/src/main.ts', 'one')
  write('apps/api/package.json', '{}')
  write('package.json', '{}')
})

describe('the hash of sources', () => {
  const hash = () => hashOfSources(root, ['apps', 'missing'])

  it('changes with a content, a name, a new and a removed file', () => {
    const seen = [hash()]
    write('apps/api/src/main.ts', 'two')
    seen.push(hash())
    fs.renameSync(path.join(root, 'apps/api/src/main.ts'), path.join(root, 'apps/api/src/start.ts'))
    seen.push(hash())
    write('apps/api/src/more.ts', '')
    seen.push(hash())
    fs.rmSync(path.join(root, 'apps/api'), { recursive: true })
    seen.push(hash())
    expect(new Set(seen).size).toBe(5)
  })

  it('cannot be fooled by text that moves from one file to the next', () => {
    write('a/1', 'xy')
    write('a/2', 'z')
    const before = hashOf(root, ['a'])
    write('a/1', 'x')
    write('a/2', 'yz')
    expect(hashOf(root, ['a'])).not.toBe(before)
  })

  it('does not see tests, builds and dependencies', () => {
    const before = hash()
    for (const file of [
      'api/src/main.test.ts',
      'api/.next/BUILD_ID',
      'api/node_modules/x/index.js',
      'api/next-env.d.ts',
      'api/src/generated/x.ts',
    ])
      write(`apps/${file}`, 'x')
    expect(hash()).toBe(before)
  })
})

it('the hash of manifests sees the lockfile and every package.json, and nothing else', () => {
  const seen = [hashOfManifests(root)]
  write('apps/api/src/main.ts', 'changed')
  expect(hashOfManifests(root)).toBe(seen[0])
  write('pnpm-lock.yaml', 'x')
  seen.push(hashOfManifests(root))
  write('apps/api/package.json', '{"name":"api"}')
  seen.push(hashOfManifests(root))
  expect(new Set(seen).size).toBe(3)
})

it('a stamp matches only what it was set for, and damaged ones match nothing', () => {
  const file = path.join(root, 'cache/work.json')
  const stamp = createStamp(file)
  expect(stamp.matches('a')).toBe(false)
  stamp.set('a')
  expect([stamp.matches('a'), stamp.matches('b')]).toEqual([true, false])
  fs.writeFileSync(file, '{"hash":')
  expect(stamp.matches('a')).toBe(false)
  stamp.clear()
  expect(fs.existsSync(file)).toBe(false)
})
