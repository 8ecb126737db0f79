'use client'
import { Button, HotkeyHelp, PageHeader, useHotkeys, useSession } from '@throughline/ui'
import { CalendarDays, Columns3, FileUp, Keyboard, type LucideIcon, Plus, Rows3 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { useCreating } from '../records/use-creating.ts'
import { DealActionsProvider, useDealActions } from './deal-actions.tsx'
import { keysOf, type Layout } from './deal-keys.ts'
import { DealPanel } from './deal-panel.tsx'
import { DealViews, DealViewWarnings } from './deal-views.tsx'
import { FilterBar } from './filter-bar.tsx'
import { NewDealDialog } from './new-deal-dialog.tsx'
import type { DealQueryState } from './use-deal-query.ts'

const layouts: readonly { layout: Layout; href: string; label: string; icon: LucideIcon }[] = [
  { layout: 'list', href: '/deals', label: 'List', icon: Rows3 },
  { layout: 'board', href: '/pipeline', label: 'Board', icon: Columns3 },
  { layout: 'calendar', href: '/deals/calendar', label: 'Calendar', icon: CalendarDays },
]
const sortings = { list: 'both', board: 'natural', calendar: 'none' } as const

/** The same deals another way: filter and sort go along. */
function LayoutSwitch({ layout, query }: { layout: Layout; query: DealQueryState }) {
  return (
    <nav aria-label="Layout" className="flex rounded-lg border border-line bg-sunken p-0.5">
      {layouts.map(({ layout: each, href, label, icon: Icon }) => (
        <Link
          key={each}
          href={query.text ? `${href}?${query.text}` : href}
          aria-current={each === layout ? 'page' : undefined}
          className="flex h-7 items-center gap-1.5 rounded-md px-2.5 text-[0.8rem] text-muted hover:text-ink aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-card"
        >
          <Icon aria-hidden className="size-3.5" />
          {label}
        </Link>
      ))}
    </nav>
  )
}

interface WorkspaceProps {
  layout: Layout
  title: string
  query: DealQueryState
  /** Ids in the order in which they are shown, for the panel's next and previous. */
  shown: RefObject<readonly string[]>
  /** Above the filter. */
  figures?: ReactNode
  /** Beside the filter. */
  tools?: ReactNode
  children: ReactNode
}

function Frame({ layout, title, query, shown, figures, tools, children }: WorkspaceProps) {
  const { may } = useSession()
  const { undoLast } = useDealActions()
  const router = useRouter()
  const searchRef = useRef<HTMLInputElement>(null)
  const [creating, setCreating] = useCreating('deal')
  const [helping, setHelping] = useState(false)
  const mayCreate = may('deal:create')
  useHotkeys([
    { key: '/', label: 'Search', run: () => searchRef.current?.focus() },
    { key: 'n', label: 'New deal', run: () => setCreating(true), enabled: mayCreate },
    { key: 'z', label: 'Undo', run: undoLast },
    { key: '?', label: 'Keys', run: () => setHelping(true) },
    ...layouts.map(({ href, label }, index) => ({
      key: String(index + 1),
      label,
      run: () => router.push(query.text ? `${href}?${query.text}` : href),
    })),
  ])
  return (
    <>
      <PageHeader
        title={title}
        actions={
          <>
            <DealViews layout={layout} query={query} />
            <LayoutSwitch layout={layout} query={query} />
            <Button
              kind="ghost"
              size="icon"
              className="max-sm:hidden"
              aria-label="Keyboard"
              aria-keyshortcuts="?"
              onClick={() => setHelping(true)}
            >
              <Keyboard aria-hidden />
            </Button>
            {may('deal:import') ? (
              <Button asChild className="max-sm:hidden">
                <Link href="/imports">
                  <FileUp aria-hidden /> Import
                </Link>
              </Button>
            ) : null}
            {mayCreate ? (
              <Button kind="primary" aria-keyshortcuts="n" onClick={() => setCreating(true)}>
                <Plus aria-hidden /> New deal
              </Button>
            ) : null}
          </>
        }
      />
      <DealViewWarnings />
      {figures}
      <FilterBar query={query} searchRef={searchRef} sorting={sortings[layout]}>
        {tools}
      </FilterBar>
      {children}
      <DealPanel query={query} shown={shown} />
      <NewDealDialog open={creating} onOpenChange={setCreating} />
      <HotkeyHelp open={helping} onClose={() => setHelping(false)} groups={keysOf(layout)} />
    </>
  )
}

/** Deals in one of three layouts over the same filter, with what can be done to them. */
export const DealsWorkspace = (props: WorkspaceProps) => (
  <DealActionsProvider>
    <Frame {...props} />
  </DealActionsProvider>
)
