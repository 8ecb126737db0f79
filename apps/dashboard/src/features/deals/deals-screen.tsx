'use client'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type DealView, dealStages } from '@throughline/contracts'
import {
  Avatar,
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  Field,
  formatDay,
  formatInstant,
  formatMoney,
  Input,
  NoResults,
  PageHeader,
  Select,
  useSession,
} from '@throughline/ui'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import { DealPanel } from './deal-panel.tsx'
import { type DealFilter, readDeals, readMembers } from './deals.api.ts'
import { NewDealDialog } from './new-deal-dialog.tsx'
import { stageLabels, stageTones } from './stages.ts'

const typingPauseMs = 250

/** Filters live in the address, so that a view can be sent to a colleague. */
function useFilter() {
  const search = useSearchParams()
  const router = useRouter()
  const path = usePathname()
  const get = (name: string) => search.get(name) ?? ''
  const set = (changes: Record<string, string>) => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name)
    const text = next.toString()
    router.replace(text ? `${path}?${text}` : path, { scroll: false })
  }
  const filter: DealFilter = { q: get('q'), stage: get('stage'), ownerId: get('owner'), sort: get('sort') }
  return { filter, openDeal: search.get('deal'), set }
}

const linkTo = (deal: DealView, search: string): string => {
  const next = new URLSearchParams(search)
  next.set('deal', deal.id)
  return `/deals?${next}`
}

const columnsFor = (search: string, timeZone: string | undefined): Column<DealView>[] => [
  {
    header: 'Deal',
    cell: (deal) => (
      <Link href={linkTo(deal, search)} scroll={false} className="font-medium hover:underline">
        {deal.title}
      </Link>
    ),
    className: 'min-w-52',
  },
  { header: 'Company', cell: (deal) => deal.company?.name ?? '–', wide: true },
  { header: 'Stage', cell: (deal) => <Badge tone={stageTones[deal.stage]}>{stageLabels[deal.stage]}</Badge> },
  { header: 'Value', cell: (deal) => formatMoney(deal.value, deal.currency), numeric: true },
  {
    header: 'Owner',
    cell: (deal) =>
      deal.owner ? (
        <span className="flex items-center gap-2 whitespace-nowrap">
          <Avatar name={deal.owner.name} /> {deal.owner.name}
        </span>
      ) : (
        '–'
      ),
  },
  { header: 'Score', cell: (deal) => deal.leadScore, numeric: true },
  {
    header: 'Close date',
    cell: (deal) => (deal.expectedCloseDate ? formatDay(deal.expectedCloseDate) : '–'),
    wide: true,
  },
  {
    header: 'Created',
    cell: (deal) => formatInstant(deal.createdAt, timeZone),
    wide: true,
    className: 'whitespace-nowrap text-muted',
  },
]

function Filters({ filter, set }: { filter: DealFilter; set(changes: Record<string, string>): void }) {
  const { data: members } = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => readMembers(signal) })
  const [typed, setTyped] = useState(filter.q)
  useEffect(() => {
    if (typed === filter.q) return
    const timer = setTimeout(() => set({ q: typed }), typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <search className="mb-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_11rem_13rem_11rem]">
      <Field label="Search deals">
        {(ids) => (
          <Input
            {...ids}
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder="Title, company, contact, e-mail"
          />
        )}
      </Field>
      <Field label="Stage">
        {(ids) => (
          <Select {...ids} value={filter.stage} onChange={(event) => set({ stage: event.target.value })}>
            <option value="">All stages</option>
            {dealStages.map((stage) => (
              <option key={stage} value={stage}>
                {stageLabels[stage]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Owner">
        {(ids) => (
          <Select {...ids} value={filter.ownerId} onChange={(event) => set({ owner: event.target.value })}>
            <option value="">Everybody</option>
            {members?.data.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Sort by">
        {(ids) => (
          <Select {...ids} value={filter.sort || 'newest'} onChange={(event) => set({ sort: event.target.value })}>
            <option value="newest">Newest</option>
            <option value="value">Value</option>
            <option value="score">Score</option>
          </Select>
        )}
      </Field>
    </search>
  )
}

/** Every deal, searched and filtered. */
export function DealsScreen() {
  const { user, may } = useSession()
  const { filter, openDeal, set } = useFilter()
  const search = useSearchParams().toString()
  const [creating, setCreating] = useState(false)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['deals', filter],
    queryFn: ({ pageParam, signal }) => readDeals(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  const filtered = filter.q !== '' || filter.stage !== '' || filter.ownerId !== ''
  return (
    <>
      <PageHeader
        title="Deals"
        actions={
          may('deal:create') ? (
            <Button kind="primary" onClick={() => setCreating(true)}>
              <Plus aria-hidden /> New deal
            </Button>
          ) : null
        }
      />
      <Filters filter={filter} set={set} />
      <DataTable
        label="Deals"
        columns={columnsFor(search, user?.tenant?.timezone)}
        rows={data?.pages.flatMap((page) => page.data)}
        keyOf={(deal) => deal.id}
        error={error}
        onRetry={() => void refetch()}
        empty={
          filtered ? (
            <NoResults
              title="No deals match"
              action={<Button onClick={() => set({ q: '', stage: '', owner: '' })}>Clear filters</Button>}
            />
          ) : (
            <EmptyState
              title="No deals yet"
              action={
                <Button asChild kind="primary">
                  <Link href="/imports">Import a file</Link>
                </Button>
              }
            >
              Bring your deals in from a CSV file, or write the first one down.
            </EmptyState>
          )
        }
        card={(deal) => (
          <div className="grid gap-1.5">
            <Link href={linkTo(deal, search)} scroll={false} className="font-medium">
              {deal.title}
            </Link>
            <div className="flex flex-wrap items-center gap-2 text-sm">
              <Badge tone={stageTones[deal.stage]}>{stageLabels[deal.stage]}</Badge>
              <span className="tabular font-semibold">{formatMoney(deal.value, deal.currency)}</span>
              <span className="text-muted">{deal.owner?.name ?? ''}</span>
            </div>
          </div>
        )}
        footer={
          hasNextPage ? (
            <Button kind="ghost" onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
              {isFetchingNextPage ? 'Loading…' : 'Load more'}
            </Button>
          ) : undefined
        }
      />
      <DealPanel dealId={openDeal} onClose={() => set({ deal: '' })} />
      <NewDealDialog open={creating} onOpenChange={setCreating} />
    </>
  )
}
