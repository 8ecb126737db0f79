import fs from 'node:fs'

/**
 * What Linux says about a process, or undefined: it is gone, or this is not Linux.
 * @param {number} pid
 * @returns {{ parent: number, startedAt: string, state: string, command: string } | undefined}
 */
export function inspectProcess(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    // the name stands in brackets, and may itself hold brackets and spaces
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ').trim()
    return { state: fields[0] ?? '', parent: Number(fields[1]), startedAt: fields[19] ?? '', command }
  } catch {
    return undefined // no such process, or no /proc: the caller decides what that means
  }
}

const hasProc = fs.existsSync('/proc/self/stat')

/**
 * Names a process for good: a pid alone may belong to another one tomorrow.
 * @param {number} pid
 * @returns {{ pid: number, startedAt: string | null }}
 */
export const identify = (pid) => ({ pid, startedAt: inspectProcess(pid)?.startedAt ?? null })

/** @param {{ pid: number, startedAt: string | null }} identity */
export function isAlive(identity) {
  if (hasProc && identity.startedAt !== null) {
    const found = inspectProcess(identity.pid)
    return found !== undefined && found.startedAt === identity.startedAt && found.state !== 'Z'
  }
  try {
    process.kill(identity.pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
