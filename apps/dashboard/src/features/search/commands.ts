// What the palette can do beside finding records.
import type { Permission } from '@throughline/contracts'
import type { NavItem } from '@throughline/ui'
import { themes } from '@throughline/ui'
import { Building2, FileUp, Handshake, type LucideIcon, UserPlus, UserRound } from 'lucide-react'

export interface Command {
  group: 'Go to' | 'Do' | 'Theme'
  label: string
  icon: LucideIcon
  /** Where it leads, or the theme that it sets. */
  href?: string
  theme?: string
  /** Other words that somebody may type for it. */
  words?: string
  needs?: Permission
}

const actions: readonly Command[] = [
  {
    group: 'Do',
    label: 'New deal',
    icon: Handshake,
    href: '/deals?new=deal',
    words: 'add create',
    needs: 'deal:create',
  },
  {
    group: 'Do',
    label: 'New company',
    icon: Building2,
    href: '/companies?new=company',
    words: 'add create',
    needs: 'company:create',
  },
  {
    group: 'Do',
    label: 'New contact',
    icon: UserPlus,
    href: '/contacts?new=contact',
    words: 'add create person',
    needs: 'contact:create',
  },
  { group: 'Do', label: 'Import a file', icon: FileUp, href: '/imports', words: 'csv upload', needs: 'deal:import' },
]

/** Everything that somebody may do, in the order in which it is shown. */
export const commandsFor = (pages: readonly NavItem[], may: (permission: Permission) => boolean): Command[] => [
  ...pages.map(({ href, label, icon }): Command => ({ group: 'Go to', label, icon, href })),
  { group: 'Go to', label: 'Your account', icon: UserRound, href: '/account', words: 'password profile sessions' },
  ...actions.filter(({ needs }) => needs === undefined || may(needs)),
  ...themes.map(
    ({ value, label, icon }): Command => ({
      group: 'Theme',
      label: `Theme: ${label}`,
      icon,
      theme: value,
      words: 'colours',
    }),
  ),
]

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** The commands that have a word for each that was typed, or one that begins with it. */
export function matchingCommands(commands: readonly Command[], typed: string): Command[] {
  const asked = wordsOf(typed)
  return commands.filter((command) => {
    const words = wordsOf(`${command.group} ${command.label} ${command.words ?? ''}`)
    return asked.every((one) => words.some((word) => word.startsWith(one)))
  })
}
