import type { EventView } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { EventStream } from './event-stream.ts'

const event = (seq: number): EventView => ({ seq, type: 'deal.created', data: {}, at: '2026-01-01T00:00:00.000Z' })

function streamOver(stored: number[], pageSize = 2) {
  const delivered: number[] = []
  const errors: unknown[] = []
  let failing = false
  const stream = new EventStream({
    fetchAfter: async (seq) => {
      if (failing) throw new Error('away')
      return {
        data: stored
          .filter((each) => each > seq)
          .slice(0, pageSize)
          .map(event),
        lastSeq: stored.at(-1) ?? 0,
      }
    },
    deliver: ({ seq }) => void delivered.push(seq),
    onError: (error) => void errors.push(error),
  })
  return {
    stream,
    delivered,
    errors,
    fail: (on: boolean) => {
      failing = on
    },
  }
}

describe('the events of a page', () => {
  it('arrive once and in order when the socket repeats them', async () => {
    const { stream, delivered } = streamOver([1, 2, 3])
    stream.startAt(0)
    await Promise.all([1, 2, 2, 1, 3].map((seq) => stream.receive(event(seq))))
    expect(delivered).toEqual([1, 2, 3])
  })

  it('include what the socket left out', async () => {
    const { stream, delivered } = streamOver([1, 2, 3, 4, 5, 6])
    stream.startAt(1)
    await stream.receive(event(6))
    expect(delivered).toEqual([2, 3, 4, 5, 6])
  })

  it('include what happened while the connection was away', async () => {
    const { stream, delivered } = streamOver([1, 2, 3, 4, 5])
    stream.startAt(0)
    await stream.receive(event(1))
    await stream.reconnected()
    expect(delivered).toEqual([1, 2, 3, 4, 5])
  })

  it('go on after an error', async () => {
    const { stream, delivered, errors, fail } = streamOver([1, 2, 3])
    stream.startAt(0)
    fail(true)
    await stream.receive(event(3))
    expect(errors).toHaveLength(1)
    fail(false)
    await stream.reconnected()
    expect(delivered).toEqual([1, 2, 3])
  })
})
