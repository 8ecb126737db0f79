import { describe, expect, it } from 'vitest'
import { FundRooms } from './fund-rooms.ts'

function rooms() {
  const said: string[] = []
  const say = {
    join: (fundIds: readonly string[]) => {
      said.push(`join ${fundIds}`)
      return Promise.resolve()
    },
    leave: (fundIds: readonly string[]) => void said.push(`leave ${fundIds}`),
  }
  return { rooms: new FundRooms(), say, said }
}

describe('the funds that a tab shows', () => {
  it('are joined once the socket is there, and again by the next connection', async () => {
    const { rooms: shown, say, said } = rooms()
    shown.show(['a'])
    expect(said).toEqual([])
    await shown.opened(say)
    shown.closed()
    const end = shown.show(['b'])
    await shown.opened(say)
    end()
    expect(said).toEqual(['join a', 'join a,b', 'leave b'])
  })

  it('are joined once and left by the last part of the page that shows them', async () => {
    const { rooms: shown, say, said } = rooms()
    await shown.opened(say)
    const ends = [shown.show(['a']), shown.show(['a'])]
    for (const end of ends) end()
    expect(said).toEqual(['join a', 'leave a'])
  })

  it('are not left again by a part that ends twice', async () => {
    const { rooms: shown, say, said } = rooms()
    await shown.opened(say)
    const end = shown.show(['a'])
    end()
    end()
    expect(said).toEqual(['join a', 'leave a'])
  })

  it('are named in as few messages as they fit into, of a list those that nobody else shows', async () => {
    const { rooms: shown, say, said } = rooms()
    await shown.opened(say)
    shown.show(['a'])
    const end = shown.show(['a', 'b', 'c', 'c'])
    end()
    end()
    expect(said).toEqual(['join a', 'join b,c', 'leave b,c'])
    said.length = 0
    shown.show(Array.from({ length: 120 }, (_, index) => `f${index}`))
    expect(said.map((each) => each.split(',').length)).toEqual([50, 50, 20])
  })
})
