import { Handshake } from 'lucide-react'
import { describe, expect, it } from 'vitest'
import { commandsFor, matchingCommands } from './commands.ts'

const pages = [{ href: '/deals', label: 'Deals', icon: Handshake }]
const all = commandsFor(pages, () => true)
const labels = (typed: string) => matchingCommands(all, typed).map(({ label }) => label)

describe('commands of the palette', () => {
  it('are found by the beginnings of their words, in any order', () => {
    expect(labels('deal')).toEqual(['Deals', 'New deal'])
    expect(labels('comp new')).toEqual(['New company'])
    expect(labels('créate')).toEqual(['New deal', 'New company', 'New contact'])
    expect(labels('dark')).toEqual(['Theme: Dark'])
    expect(labels('eal')).toEqual([])
  })

  it('are those that the role allows', () => {
    const few = commandsFor(pages, (permission) => permission === 'company:create').map(({ label }) => label)
    expect(few).toContain('New company')
    expect(few).not.toContain('New deal')
    expect(few).not.toContain('Import a file')
  })
})
