import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { root } from '../guards/sources.ts'

export interface LockedPackage {
  resolution: { integrity?: string } & Record<string, unknown>
  os?: string[]
  cpu?: string[]
  libc?: string[]
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

interface Links {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

type Wanted = Record<string, { specifier: string; version: string }>

export interface Importer {
  dependencies?: Wanted
  devDependencies?: Wanted
  optionalDependencies?: Wanted
}

/** The part of pnpm-lock.yaml (format 9) that is looked at here. */
export interface Lockfile {
  lockfileVersion: string
  catalogs?: Record<string, Wanted>
  /** By folder of the workspace. */
  importers: Record<string, Importer>
  /** By `name@version`. */
  packages: Record<string, LockedPackage>
  /** By `name@version(peer@version)…`. */
  snapshots: Record<string, Links>
}

export interface Workspace {
  catalog: Record<string, string>
  allowBuilds: Record<string, boolean>
  packageExtensions?: Record<string, { dependencies?: Record<string, string> }>
  [setting: string]: unknown
}

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

export const readLockfile = (): Lockfile => parse(read('pnpm-lock.yaml'))
export const readWorkspace = (): Workspace => parse(read('pnpm-workspace.yaml'))

/** `name@version` of a snapshot: without the peers that it was resolved with. */
export const packageOf = (snapshot: string): string => snapshot.replace(/\(.*$/, '')

/** @param key `name@version`, of which the name may begin with an @ */
export function splitKey(key: string): { name: string; version: string } {
  const at = key.lastIndexOf('@')
  return { name: key.slice(0, at), version: key.slice(at + 1) }
}

/** An alias points at another package by its whole name, everything else by its version. */
export const snapshotOf = (lockfile: Lockfile, name: string, version: string): string =>
  `${name}@${version}` in lockfile.snapshots ? `${name}@${version}` : version

/** Folder of the workspace that a `link:` of another one points at. */
export const linkedFolder = (folder: string, version: string): string =>
  path.posix.normalize(path.posix.join(folder, version.replace(/^link:/, '')))

/** What the images of the Dockerfile run on. */
const imagePlatform = { os: 'linux', cpu: 'x64', libc: 'glibc' }

export const fitsImages = (locked: LockedPackage | undefined): boolean =>
  (['os', 'cpu', 'libc'] as const).every((kind) => locked?.[kind]?.includes(imagePlatform[kind]) ?? true)

interface Reached {
  folders: string[]
  snapshots: string[]
}

/** The folders of the workspace that run in production, and what they ask for. */
function reachedByApps(lockfile: Lockfile): Reached {
  const folders = Object.keys(lockfile.importers).filter((folder) => /^apps\/|^packages\/demo$/.test(folder))
  const snapshots = new Set<string>()
  for (const folder of folders) {
    const { dependencies, optionalDependencies } = lockfile.importers[folder] ?? {}
    for (const [name, { version }] of Object.entries({ ...dependencies, ...optionalDependencies })) {
      if (!version.startsWith('link:')) snapshots.add(snapshotOf(lockfile, name, version))
      else if (!folders.includes(linkedFolder(folder, version))) folders.push(linkedFolder(folder, version))
    }
  }
  return { folders, snapshots: [...snapshots] }
}

function toolsOf(lockfile: Lockfile, folders: string[]): Set<string> {
  const wanted = folders.flatMap((folder) => Object.entries(lockfile.importers[folder]?.devDependencies ?? {}))
  return new Set(wanted.map(([name, { version }]) => snapshotOf(lockfile, name, version)))
}

/**
 * What reaches production: everything that an app or the preparation of its database needs to run, as the Dockerfile
 * installs it. Benchmarks and browser tests have dependencies too, and stay at home.
 * @param keep which of the packages are followed; all of them by default
 * @returns keys of `packages`, sorted
 */
export function productionPackages(lockfile: Lockfile, keep = (_: LockedPackage | undefined) => true): string[] {
  const { folders, snapshots } = reachedByApps(lockfile)
  const tools = toolsOf(lockfile, folders)
  const seen = new Set(snapshots)
  const kept = new Set<string>()
  for (const snapshot of snapshots) {
    const locked = lockfile.packages[packageOf(snapshot)]
    if (!keep(locked)) continue
    kept.add(packageOf(snapshot))
    const { dependencies, optionalDependencies } = lockfile.snapshots[snapshot] ?? {}
    for (const [name, version] of Object.entries({ ...dependencies, ...optionalDependencies })) {
      const next = snapshotOf(lockfile, name, version)
      // An optional peer that is there for development only (prisma, typescript) is not installed in production.
      const isTool = tools.has(next) && locked?.peerDependenciesMeta?.[name]?.optional
      if (seen.has(next) || isTool) continue
      seen.add(next)
      snapshots.push(next)
    }
  }
  return [...kept].sort()
}
