import {
  type Importer,
  type Lockfile,
  linkedFolder,
  packageOf,
  snapshotOf,
  splitKey,
  type Workspace,
} from './lockfile.ts'

const wellFormedName = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/
const exactVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/
/** 64 bytes in base64. */
const sha512 = /^sha512-[A-Za-z0-9+/]{86}==$/

function* packageProblems({ packages }: Lockfile): Generator<string> {
  for (const [key, { resolution }] of Object.entries(packages)) {
    const { name, version } = splitKey(key)
    if (!wellFormedName.test(name)) yield `${key}: not a name of a package`
    if (!exactVersion.test(version)) yield `${key}: not a version of a registry`
    if (!sha512.test(resolution.integrity ?? '')) yield `${key}: no sha512 of what is installed`
    // a tarball, a repository, a folder: anything beside the hash says that it comes from elsewhere
    const others = Object.keys(resolution).filter((part) => part !== 'integrity')
    if (others.length > 0) yield `${key}: comes from elsewhere than the registry (${others.join(', ')})`
  }
}

function* snapshotProblems(lockfile: Lockfile): Generator<string> {
  for (const [snapshot, { dependencies, optionalDependencies }] of Object.entries(lockfile.snapshots)) {
    if (!(packageOf(snapshot) in lockfile.packages)) yield `${snapshot}: has no entry with a hash`
    for (const [name, version] of Object.entries({ ...dependencies, ...optionalDependencies }))
      if (!(snapshotOf(lockfile, name, version) in lockfile.snapshots))
        yield `${snapshot}: needs ${name} ${version}, which is not locked`
  }
}

const allWanted = ({ dependencies, devDependencies, optionalDependencies }: Importer) =>
  Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })

function* importerProblems(lockfile: Lockfile): Generator<string> {
  for (const [folder, importer] of Object.entries(lockfile.importers)) {
    for (const [name, { specifier, version }] of allWanted(importer)) {
      const where = `${folder}: ${name} ${specifier}`
      if (version.startsWith('link:')) {
        const target = linkedFolder(folder, version)
        if (specifier !== 'workspace:*') yield `${where}: a link without workspace:*`
        if (!(target in lockfile.importers)) yield `${where}: a link to ${target}, outside of the workspace`
      } else if (specifier !== 'catalog:' && !exactVersion.test(specifier)) yield `${where}: not an exact version`
      else if (!(snapshotOf(lockfile, name, version) in lockfile.snapshots)) yield `${where}: ${version} is not locked`
    }
  }
}

function* catalogProblems(lockfile: Lockfile, workspace: Workspace): Generator<string> {
  const wanted = [
    ...Object.entries(workspace.catalog),
    ...Object.values(workspace.packageExtensions ?? {}).flatMap((extension) =>
      Object.entries(extension.dependencies ?? {}),
    ),
  ]
  for (const [name, version] of wanted)
    if (!exactVersion.test(version)) yield `pnpm-workspace.yaml: ${name} ${version}: not an exact version`
  for (const [catalog, entries] of Object.entries(lockfile.catalogs ?? {}))
    for (const [name, { specifier, version }] of Object.entries(entries))
      if (specifier !== version || workspace.catalog[name] !== version)
        yield `catalog ${catalog}: ${name} is ${version} in the lockfile and ${workspace.catalog[name]} in the catalog`
}

/**
 * What an edited lockfile could smuggle in: a package from elsewhere, with no hash, a weak one, or another version than
 * the one that was asked for. `lockfile-lint` does this for npm and yarn, and cannot read pnpm's (docs/adr/0008).
 * @returns one line for each problem
 */
export function lintLockfile(lockfile: Lockfile, workspace: Workspace): string[] {
  if (lockfile.lockfileVersion !== '9.0') return [`format ${lockfile.lockfileVersion} is not known to this check`]
  return [
    ...packageProblems(lockfile),
    ...snapshotProblems(lockfile),
    ...importerProblems(lockfile),
    ...catalogProblems(lockfile, workspace),
  ]
}
