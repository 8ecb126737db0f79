import { readFileSync } from 'node:fs'

/** Of /proc/stat: hundredths of a second on every Linux that Node runs on. */
const tickMs = 10

/** What all cores have worked since the machine began, ms, by whoever. @throws Error where there is no /proc/stat */
export function busyMs(): number {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/).slice(1).map(Number)
  if (!fields) throw new Error('/proc/stat is empty')
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = fields
  return (user + nice + system + irq + softIrq + steal) * tickMs
}
