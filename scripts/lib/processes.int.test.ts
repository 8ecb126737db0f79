import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { observe, untilGone, watchdogOf } from '../testing/observe.mjs'
import { root } from './paths.mjs'
import { inspectProcess } from './proc.mjs'

const started: ReturnType<typeof observe>[] = []

/** A parent with children and grandchildren of its own. */
async function startFamily() {
  const parent = observe(process.execPath, [path.join(root, 'scripts/testing/family.mjs')], { cwd: root })
  started.push(parent)
  const pidOf = async (name: string) => Number(await parent.said(new RegExp(`\\b${name} (\\d+)$`)))
  return {
    parent,
    child: await pidOf('child'),
    grandchild: await pidOf('grandchild'),
    service: await pidOf('service'),
    watchdog: watchdogOf(parent.pid) ?? 0,
    pidOf,
  }
}

afterEach(async () => {
  for (const { pid, exited } of started.splice(0)) {
    if (inspectProcess(pid)) process.kill(pid, 'SIGKILL')
    await exited
  }
})

describe('when the parent ends, nothing is left', () => {
  it('after an orderly stop, though a child does not listen', async () => {
    const { parent, child, grandchild, service, watchdog } = await startFamily()
    process.kill(parent.pid, 'SIGTERM')
    expect(await parent.exited).toBe(0)
    await untilGone([child, grandchild, service, watchdog])
  })

  it('after a kill -9 of the parent', async () => {
    const { parent, child, grandchild, service, watchdog } = await startFamily()
    process.kill(parent.pid, 'SIGKILL')
    await untilGone([child, grandchild, service, watchdog])
  })

  it('after a kill -9 of the parent that had lost its watchdog before: another one had taken its place', async () => {
    const { parent, child, grandchild, service, watchdog } = await startFamily()
    process.kill(watchdog, 'SIGKILL')
    await expect.poll(() => watchdogOf(parent.pid) ?? watchdog).not.toBe(watchdog)
    process.kill(parent.pid, 'SIGKILL')
    await untilGone([child, grandchild, service])
  })
})

describe('a crashed child', () => {
  it('is started again, and leaves no child of its own behind', async () => {
    const { parent, child, grandchild, pidOf } = await startFamily()
    process.kill(child, 'SIGKILL')
    expect(await parent.said(/child ended \((.*)\); starting it again/)).toBe('ended by SIGKILL')
    await untilGone([child, grandchild])
    await parent.said(/starting it again in 0.05 s/)
    await expect.poll(() => pidOf('child')).not.toBe(child)
    await expect.poll(() => pidOf('grandchild')).not.toBe(grandchild)
  })
})
