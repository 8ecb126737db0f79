import fs from 'node:fs'
import path from 'node:path'
import { findExecutable } from './executables.mjs'

/**
 * @typedef {{ label: string, packages: string[], binaries: string[], unpacked: string[], help: string[] }} SystemProgram  `packages`: names to try, each with
 *   what belongs to it; `unpacked`: where the program is below a folder that the package was unpacked into
 * @typedef {{ processes: import('./processes.mjs').Processes, output: import('./output.mjs').Output, env: NodeJS.ProcessEnv, dir: string }} Tools  `dir`: where packages may be unpacked without being root
 * @typedef {{ file: string, env: NodeJS.ProcessEnv }} Found  with the environment that it needs to run
 */

/** @type {SystemProgram} */
export const redisProgram = {
  label: 'Redis',
  packages: ['redis-server redis-tools', 'valkey-server valkey-tools'],
  binaries: ['redis-server', 'valkey-server'],
  unpacked: ['usr/bin/redis-server', 'usr/bin/valkey-server'],
  help: [
    'Redis is needed, and could not be installed here. Install it and start again:',
    '  Debian, Ubuntu:  sudo apt-get install redis-server',
    '  Fedora:          sudo dnf install valkey',
    '  Alpine:          apk add valkey',
    '  Arch:            sudo pacman -S valkey',
    '  macOS:           brew install redis',
    '  anywhere:        start Docker, or set REDIS_URL to a Redis of your own',
  ],
}

/** @type {SystemProgram} */
export const chromiumProgram = {
  label: 'Chromium',
  packages: ['chromium chromium-common', 'chromium-browser'],
  binaries: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  unpacked: ['usr/lib/chromium/chromium'], // usr/bin/chromium is a script that looks in the system's /usr/lib
  help: [
    'Chromium is needed for the browser tests, and could not be installed here. Install it and start again:',
    '  Debian, Ubuntu:  sudo apt-get install chromium',
    '  Fedora:          sudo dnf install chromium',
    '  Alpine:          apk add chromium',
    '  Arch:            sudo pacman -S chromium',
    '  macOS:           brew install --cask chromium, and set CHROMIUM_PATH to its binary',
    '  anywhere:        set CHROMIUM_PATH to the path of Chromium or Chrome',
  ],
}

/** Debian starts a service as soon as it is installed, unless this says no: we want the program, not a service. */
const withoutStartingServices = `policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then printf '#!/bin/sh\\nexit 101\\n' > "$policy" && chmod 755 "$policy" && trap 'rm -f "$policy"' EXIT; fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || true
for name in "$@"; do apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 $name && exit 0; done
exit 1`

/** Unpacks a package and what it needs into a folder of ours: no root, nothing installed. */
const unpackOnly = `set -e
mkdir -p "$1/lists/partial" "$1/cache/archives/partial" "$1/debs" "$1/root"
dir=$1; shift
apt() { apt-get -o "Dir::State::Lists=$dir/lists" -o "Dir::Cache=$dir/cache" -o Debug::NoLocking=1 -qq "$@"; }
apt update || true
for name in "$@"; do
  needed=$(apt -s --no-install-recommends --reinstall install $name 2>/dev/null | awk '/^Inst/ { print $2 }') || continue
  [ -n "$needed" ] || continue
  (cd "$dir/debs" && apt download $needed && for deb in *.deb; do dpkg-deb -x "$deb" "$dir/root"; done) && exit 0
done
exit 1`

/** @param {Tools} tools */
async function mayBecomeRoot({ processes }) {
  if (process.getuid?.() === 0) return []
  const sudo = findExecutable(['sudo'])
  if (!sudo) return undefined
  const quiet = await processes.run('sudo', sudo, ['-n', 'true'], { silent: true }).then(
    () => true,
    () => false,
  )
  return quiet ? [sudo, '-n'] : undefined // undefined: it would ask for a password
}

/** @param {string} rootDir @param {NodeJS.ProcessEnv} env */
function unpackedEnv(rootDir, env) {
  const libs = ['usr/lib', 'lib'].flatMap((dir) => {
    const at = path.join(rootDir, dir)
    if (!fs.existsSync(at)) return []
    const triplets = fs
      .readdirSync(at)
      .filter((name) => /-linux-gnu/.test(name))
      .map((name) => path.join(at, name))
    return [...triplets, at]
  })
  return { ...env, LD_LIBRARY_PATH: [...libs, env.LD_LIBRARY_PATH].filter(Boolean).join(path.delimiter) }
}

/** @param {SystemProgram} program @param {Tools} tools @returns {Found | undefined} */
function findUnpacked(program, { dir, env }) {
  const rootDir = path.join(dir, 'root')
  const file = program.unpacked.map((name) => path.join(rootDir, name)).find((at) => fs.existsSync(at))
  return file ? { file, env: unpackedEnv(rootDir, env) } : undefined
}

/**
 * Finds a program, or installs it when that needs no question: as root or with a password-less sudo by apt-get, as a
 * plain user by unpacking Debian's packages into a folder of ours.
 * @param {SystemProgram} program @param {Tools} tools
 * @returns {Promise<Found | undefined>} undefined: not here, and not to be had without asking
 */
export async function findOrInstall(program, tools) {
  const { processes, output, env, dir } = tools
  const present = findExecutable(program.binaries)
  if (present) return { file: present, env }
  const unpacked = findUnpacked(program, tools)
  if (unpacked || !findExecutable(['apt-get'])) return unpacked
  const asRoot = await mayBecomeRoot(tools)
  if (asRoot) {
    const [file = 'sh', ...args] = [...asRoot, 'sh', '-c', withoutStartingServices, 'sh', ...program.packages]
    await output
      .step(`${program.label} is not installed: apt-get install`, () => processes.run('apt', file, args, { cwd: '/' }))
      .catch((error) => output.warn(error.message))
    const installed = findExecutable(program.binaries)
    return installed ? { file: installed, env } : undefined
  }
  await output
    .step(`${program.label} is not installed: unpacking Debian's package for this checkout`, () =>
      processes.run('apt', 'sh', ['-c', unpackOnly, 'sh', dir, ...program.packages], { cwd: '/' }),
    )
    .catch((error) => output.warn(error.message))
  return findUnpacked(program, tools)
}
