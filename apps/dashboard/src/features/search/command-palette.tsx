'use client'
import { type SearchHit, searchKinds } from '@throughline/contracts'
import { Alert, Kbd, Lookup, messageOf, type NavItem, Skeleton, useSession, useTheme } from '@throughline/ui'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { commandsFor, matchingCommands, type Command as PaletteCommand } from './commands.ts'
import { HitItem, hrefOf, kindLabels } from './hit-item.tsx'
import { useHits } from './use-hits.ts'

const Group = ({ heading, children }: { heading: string; children: ReactNode }) => (
  <Command.Group
    heading={heading}
    className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-xs"
  >
    {children}
  </Command.Group>
)

const Item = ({ value, onSelect, children }: { value: string; onSelect(): void; children: ReactNode }) => (
  <Command.Item
    value={value}
    onSelect={onSelect}
    className="flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-2.5 py-1.5 text-sm data-[selected=true]:bg-sunken"
  >
    {children}
  </Command.Item>
)

interface Choose {
  onChoose(href: string): void
}

/** Records in groups of their kinds, or, when nothing was typed, in one. */
function Hits({ hits, recent, onChoose }: Choose & { hits: readonly SearchHit[]; recent: boolean }) {
  const groups = recent
    ? [{ heading: 'Recent', of: hits.slice(0, 8) }]
    : searchKinds.map((kind) => ({ heading: kindLabels[kind], of: hits.filter((hit) => hit.kind === kind) }))
  return groups
    .filter(({ of }) => of.length > 0)
    .map(({ heading, of }) => (
      <Group key={heading} heading={heading}>
        {of.map((hit) => {
          const href = hrefOf(hit)
          return href === undefined ? null : (
            <Item key={hit.id} value={`${hit.kind} ${hit.id}`} onSelect={() => onChoose(href)}>
              <HitItem hit={hit} />
            </Item>
          )
        })}
      </Group>
    ))
}

function Commands({ commands, onRun }: { commands: readonly PaletteCommand[]; onRun(command: PaletteCommand): void }) {
  return (['Go to', 'Do', 'Theme'] as const).map((group) => {
    const of = commands.filter((command) => command.group === group)
    return of.length === 0 ? null : (
      <Group key={group} heading={group}>
        {of.map((command) => (
          <Item key={command.label} value={`command ${command.label}`} onSelect={() => onRun(command)}>
            <command.icon aria-hidden className="size-4 shrink-0 text-muted" />
            {command.label}
          </Item>
        ))}
      </Group>
    )
  })
}

const Waiting = () => (
  <div className="grid gap-2 p-2">
    {[1, 2, 3].map((line) => (
      <Skeleton key={line} className="h-10" />
    ))}
  </div>
)

const Hints = () => (
  <div className="flex items-center gap-4 border-line border-t px-4 py-2 text-muted text-xs max-sm:hidden" aria-hidden>
    <span>
      <Kbd className="opacity-100">↑</Kbd> <Kbd className="opacity-100">↓</Kbd> choose
    </span>
    <span>
      <Kbd className="opacity-100">↵</Kbd> open
    </span>
    <span>
      <Kbd className="opacity-100">esc</Kbd> close
    </span>
  </div>
)

interface PaletteProps {
  pages: readonly NavItem[]
  onClose(): void
}

function Palette({ pages, onClose }: PaletteProps) {
  const [typed, setTyped] = useState('')
  const router = useRouter()
  const { may } = useSession()
  const { setTheme } = useTheme()
  const { data, error, waiting, upToDate } = useHits(typed, true)
  const asked = typed.trim()
  const commands = matchingCommands(commandsFor(pages, may), asked)
  const hits = data?.data ?? []
  const go = (href: string) => {
    onClose()
    router.push(href)
  }
  const run = ({ href, theme }: PaletteCommand) => {
    if (theme !== undefined) setTheme(theme)
    if (href === undefined) onClose()
    else go(href)
  }
  const nothing = upToDate && hits.length === 0 && commands.length === 0
  const found = hits.length + commands.length
  return (
    <Command label="Search deals, companies, contacts, notes and content" shouldFilter={false} loop>
      <div className="flex items-center gap-3 border-line border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          maxLength={200}
          placeholder="Search, or type a command"
          className="h-12 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-muted sm:text-sm"
        />
        <button
          type="button"
          onClick={onClose}
          className="shrink-0 rounded-lg px-2 py-1 text-muted text-sm hover:bg-sunken sm:hidden"
        >
          Cancel
        </button>
      </div>
      <p role="status" className="sr-only">
        {upToDate && asked !== '' ? (nothing ? 'Nothing found' : `${found} ${found === 1 ? 'result' : 'results'}`) : ''}
      </p>
      <Command.List
        label="Results"
        aria-busy={!upToDate}
        className="max-h-[min(26rem,60dvh)] overflow-y-auto overscroll-contain p-1.5"
      >
        {error ? <Alert className="m-1.5">{messageOf(error)}</Alert> : null}
        {asked === '' ? null : <Commands commands={commands} onRun={run} />}
        {waiting && !error ? <Waiting /> : <Hits hits={hits} recent={asked === ''} onChoose={go} />}
        {asked === '' && !waiting ? <Commands commands={commands} onRun={run} /> : null}
        {nothing ? <p className="px-4 py-10 text-center text-muted text-sm">Nothing is found for “{asked}”.</p> : null}
      </Command.List>
      {data && data.instead.length > 0 && asked !== '' ? (
        <p className="border-line border-t px-4 py-2 text-muted text-xs">
          Nobody wrote that. This is what was found for {data.instead.join(', ')}.
        </p>
      ) : null}
      <Hints />
    </Command>
  )
}

/** Finds records, goes to pages, starts what can be done: by keyboard alone, or with a thumb. */
export const CommandPalette = ({
  open,
  onOpenChange,
  pages,
}: { open: boolean; onOpenChange(open: boolean): void } & Pick<PaletteProps, 'pages'>) => (
  <Lookup open={open} onOpenChange={onOpenChange} title="Search">
    <Palette pages={pages} onClose={() => onOpenChange(false)} />
  </Lookup>
)
