// What is alive after a collection: heap, and the buffers beside it.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

export function aliveBytes(): number {
  if (typeof collect !== 'function') throw new Error('this Node collects no garbage when it is asked to')
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
