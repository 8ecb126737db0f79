import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharesOf, WriteTurns } from './write-turns.ts'

const patient = 60_000
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Asks for turns and keeps a list of who got one. */
function asking(turns: WriteTurns) {
  const begun: string[] = []
  const ends: (() => void)[] = []
  const ask = (tenantId: string | null, name = String(tenantId)) =>
    turns.take(tenantId).then((giveBack) => {
      begun.push(name)
      ends.push(giveBack)
    })
  return { begun, ask, endFirst: () => ends.shift()?.() }
}

describe('the turns to write', () => {
  it('leave connections to who reads, and of the others some to other firms', () => {
    expect(sharesOf(10)).toEqual({ all: 7, ofOne: 5 })
    for (let connections = 1; connections <= 100; connections++) {
      const { all, ofOne } = sharesOf(connections)
      expect(all).toBeGreaterThan(0)
      expect(ofOne).toBeGreaterThan(0)
      expect(ofOne).toBeLessThanOrEqual(all)
      expect(all).toBeLessThanOrEqual(connections)
    }
  })

  it('are not all taken by one firm, however much it asks for', async () => {
    const { begun, ask } = asking(new WriteTurns({ all: 3, ofOne: 2 }, patient))
    for (let each = 0; each < 5; each++) void ask('acme')
    void ask('globex')
    await settled()
    expect(begun).toEqual(['acme', 'acme', 'globex'])
  })

  it('go to the firms that wait in turn, and within a firm in the order of asking', async () => {
    const { begun, ask, endFirst } = asking(new WriteTurns({ all: 1, ofOne: 1 }, patient))
    for (const name of ['a1', 'a2', 'a3']) void ask('acme', name)
    for (const name of ['g1', 'g2']) void ask('globex', name)
    for (let each = 0; each < 5; each++) {
      await settled()
      endFirst()
    }
    expect(begun).toEqual(['a1', 'a2', 'g1', 'a3', 'g2'])
  })

  it('may all be the platform’s', async () => {
    const { begun, ask } = asking(new WriteTurns({ all: 3, ofOne: 1 }, patient))
    for (let each = 0; each < 3; each++) void ask(null)
    await settled()
    expect(begun).toHaveLength(3)
  })

  it('are refused to who has waited long enough, and nothing of that wait stays behind', async () => {
    const turns = new WriteTurns({ all: 1, ofOne: 1 }, 20)
    const giveBack = await turns.take('acme')
    const late = turns.take('globex')
    expect(turns.waiting).toBe(1)
    await expect(late).rejects.toThrow('no turn to write came within 20 ms')
    expect(turns.waiting).toBe(0)
    giveBack()
    await expect(turns.take('globex')).resolves.toBeTypeOf('function')
  })

  it('are never more than there are, and nobody is forgotten, whoever asks and ends in whatever order', async () => {
    const steps = fc.array(fc.oneof(fc.constantFrom('acme', 'globex', 'initech'), fc.nat({ max: 5 })), {
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(steps, async (wishes) => {
        const turns = new WriteTurns({ all: 3, ofOne: 2 }, patient)
        const running: { tenantId: string; giveBack: () => void }[] = []
        let asked = 0
        let ended = 0
        const check = () => {
          expect(running.length).toBeLessThanOrEqual(3)
          for (const firms of Object.values(Object.groupBy(running, ({ tenantId }) => tenantId)))
            expect(firms?.length).toBeLessThanOrEqual(2)
          expect(running.length + ended + turns.waiting).toBe(asked)
        }
        const end = async (at: number) => {
          const [one] = running.splice(at % Math.max(1, running.length), 1)
          if (one) {
            ended++
            one.giveBack()
          }
          await settled()
          check()
        }
        for (const wish of wishes) {
          if (typeof wish === 'number') await end(wish)
          else {
            asked++
            void turns.take(wish).then((giveBack) => running.push({ tenantId: wish, giveBack }))
            await settled()
            check()
          }
        }
        while (running.length > 0) await end(0)
        expect(turns.waiting).toBe(0)
      }),
    )
  })
})
