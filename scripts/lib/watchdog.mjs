import { spawn } from 'node:child_process'

/**
 * Reads "add SIGNAL GROUP" and "del GROUP" from the pipe. End of the pipe means that we died, `kill -9` included:
 * it then ends every group, by KILL after five seconds.
 */
const script = `set -f
list=''
while read -r what first second; do
  case $what in
    add) list="$list $first:$second" ;;
    del) kept=''; for entry in $list; do [ "\${entry##*:}" = "$first" ] || kept="$kept $entry"; done; list=$kept ;;
    bye) exit 0 ;;
  esac
done
for entry in $list; do kill -s "\${entry%%:*}" -- "-\${entry##*:}" 2>/dev/null; done
turns=0
while [ $turns -lt 50 ]; do
  alive=0
  for entry in $list; do kill -s 0 -- "-\${entry##*:}" 2>/dev/null && alive=1; done
  [ $alive = 0 ] && exit 0
  sleep 0.1
  turns=$((turns+1))
done
for entry in $list; do kill -s KILL -- "-\${entry##*:}" 2>/dev/null; done`

/**
 * A shell in a session of its own that outlives us, to clean up what we could not. When it is killed itself, another
 * takes its place.
 * @returns {{ add(signal: NodeJS.Signals, group: number): void, remove(group: number): void, dismiss(): void }}
 */
export function startWatchdog() {
  /** @type {Map<number, NodeJS.Signals>} */
  const groups = new Map()
  let dismissed = false
  const startShell = () => {
    const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' })
    child.on('error', () => undefined) // without a shell there is no second net; stopping in order still works
    child.stdin.on('error', () => undefined) // it was killed: the next one is told everything again
    child.on('exit', () => {
      if (dismissed) return
      shell = startShell()
      for (const [group, signal] of groups) shell.stdin.write(`add ${signal.slice(3)} ${group}\n`)
    })
    child.unref()
    return child
  }
  let shell = startShell()
  return {
    add(signal, group) {
      groups.set(group, signal)
      shell.stdin.write(`add ${signal.slice(3)} ${group}\n`)
    },
    remove(group) {
      groups.delete(group)
      shell.stdin.write(`del ${group}\n`)
    },
    dismiss() {
      dismissed = true
      shell.stdin.end('bye\n')
    },
  }
}
