import { identify, inspectProcess, isAlive } from './proc.mjs'

const lookEveryMs = 500
const isPackageManager = (/** @type {string} */ command) => /\b(npm|pnpm|yarn|npx)\b/.test(command.split(' -')[0] ?? '')

/**
 * The processes whose end must be ours: from our parent up to npm, whose `sh -c` passes no signal on.
 * @param {{ reexecuted: boolean, underNpm: boolean }} how
 */
function chainToFollow({ reexecuted, underNpm }) {
  if (!reexecuted && !underNpm) return [] // started by hand: `nohup node scripts/start.mjs &` is meant to outlive its shell
  const chain = [identify(process.ppid)]
  if (!underNpm) return chain
  for (let pid = process.ppid, steps = 0; pid > 1 && steps < 6; steps++) {
    const found = inspectProcess(pid)
    if (!found) break
    if (steps > 0) chain.push(identify(pid))
    if (isPackageManager(found.command)) return chain
    pid = found.parent
  }
  return chain.slice(0, 1) // npm is not up there: only the parent is known to be ours
}

/**
 * Calls once when npm (or the wrapper that switched Node) is gone: a `kill -9` of those reaches nobody else.
 * @param {() => void} onGone
 * @param {{ reexecuted: boolean, underNpm: boolean }} how
 */
export function followAncestors(onGone, how) {
  const chain = chainToFollow(how)
  const parent = process.ppid
  if (chain.length === 0) return
  const timer = setInterval(() => {
    if (process.ppid === parent && chain.every(isAlive)) return
    clearInterval(timer)
    onGone()
  }, lookEveryMs)
  timer.unref()
}
