import { describe, expect, it } from 'vitest'
import { shared } from './shared-worker.ts'

function counted() {
  let [started, running] = [0, 0]
  const { hold } = shared(
    () => {
      started += 1
      running += 1
      return started
    },
    () => {
      running -= 1
    },
  )
  return { hold, counts: () => ({ started, running }) }
}

describe('a helper that many share', () => {
  it('is started once, however many need it at a time, and ended after the last', () => {
    const { hold, counts } = counted()
    const holders = Array.from({ length: 20 }, () => hold())
    expect(new Set(holders.map(({ held }) => held)).size).toBe(1)
    for (const { release } of holders.slice(1)) release()
    expect(counts()).toEqual({ started: 1, running: 1 })
    holders[0]?.release()
    expect(counts()).toEqual({ started: 1, running: 0 })
  })

  it('does not pile up when it is needed again and again', () => {
    const { hold, counts } = counted()
    for (let times = 0; times < 100; times++) hold().release()
    expect(counts()).toEqual({ started: 100, running: 0 })
  })

  it('stays for the others when somebody lets go twice', () => {
    const { hold, counts } = counted()
    const [one, other] = [hold(), hold()]
    one.release()
    one.release()
    expect(counts().running).toBe(1)
    other.release()
    expect(counts().running).toBe(0)
  })
})
