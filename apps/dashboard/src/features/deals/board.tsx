'use client'
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { DealBoard, DealStage, DealView } from '@throughline/contracts'
import { Card, ErrorState, Skeleton, useHotkeys } from '@throughline/ui'
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react'
import { BoardColumn } from './board-column.tsx'
import { useDealActions } from './deal-actions.tsx'
import type { CardEvents } from './deal-card.tsx'
import { queryText } from './deal-query.ts'
import { readBoard } from './deals.api.ts'
import { NoDeals } from './no-deals.tsx'
import { useDealCache } from './use-deal-cache.ts'
import { type DealQueryState, dealAddress } from './use-deal-query.ts'
import { useLift } from './use-lift.ts'
import { useStages } from './use-stages.ts'
import { useStagePercents } from './use-statistics.ts'

interface BoardProps {
  query: DealQueryState
  shown: { current: readonly string[] }
}

const cardsIn = (element: Element | null | undefined): HTMLElement[] => [
  ...(element?.querySelectorAll<HTMLElement>('[data-card]') ?? []),
]

/** The card above, below, or at the same height beside; columns without cards are passed over. */
function neighbour(board: HTMLElement, card: HTMLElement, key: string): HTMLElement | undefined {
  const columns = [...board.querySelectorAll('[data-column]')]
  const column = columns.findIndex((each) => each.contains(card))
  const cards = cardsIn(columns[column])
  const index = cards.indexOf(card)
  if (key === 'ArrowUp' || key === 'ArrowDown') return cards[index + (key === 'ArrowDown' ? 1 : -1)]
  const beside = key === 'ArrowRight' ? columns.slice(column + 1) : columns.slice(0, Math.max(column, 0)).reverse()
  const full = beside.map(cardsIn).find((each) => each.length > 0)
  return full?.[Math.min(index, full.length - 1)]
}

/** After a move the focus goes along to where the card is now. */
function useFollowCard(board: RefObject<HTMLElement | null>, data: DealBoard | undefined) {
  const following = useRef<{ id: string; stage: DealStage }>(undefined)
  useEffect(() => {
    const wish = following.current
    if (!wish || !data) return
    const column = board.current?.querySelector(`[data-column="${wish.stage}"]`)
    const card = cardsIn(column).find((each) => each.dataset.card === wish.id)
    if (!card) return
    following.current = undefined
    card.focus()
  }, [board, data])
  return following
}

function Columns({ data, query, shown }: BoardProps & { data: DealBoard }) {
  const helpId = useId()
  const ref = useRef<HTMLElement>(null)
  const { mayEdit, move, askMove, remove, mayDelete } = useDealActions()
  const { order } = useStages()
  const cache = useDealCache()
  const percents = useStagePercents()
  const [active, setActive] = useState<string>()
  const following = useFollowCard(ref, data)
  const columns = useMemo(
    () => data.columns.toSorted((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage)),
    [data.columns, order],
  )
  const first = columns.flatMap(({ deals }) => deals)
  const activeId = active && cache.find(active) ? active : first[0]?.id
  useEffect(() => {
    shown.current = columns.flatMap(({ deals }) => deals.map(({ id }) => id))
  }, [columns, shown])
  useEffect(() => {
    if (ref.current) return autoScrollForElements({ element: ref.current })
  }, [])
  const events = useMemo<CardEvents>(
    () => ({
      hrefOf: (id) => dealAddress('/pipeline', query.text, id),
      open: (id) => query.set({ deal: id }),
      move: (deal, stage) => {
        following.current = { id: deal.id, stage }
        move([deal], stage)
      },
      reach: setActive,
    }),
    [query, move, following],
  )
  const { lifted, said, lift, onKeyDown } = useLift({ stages: columns.map(({ stage }) => stage), onDrop: events.move })
  const enabled = query.openDeal === null && lifted === undefined
  const withCard = (act: (deal: DealView) => void) => () => {
    const card = document.activeElement?.closest<HTMLElement>('[data-card]')
    const deal = cache.find(card?.dataset.card ?? '')
    if (deal) act(deal)
  }
  useHotkeys([
    { key: 'm', label: 'Move', run: withCard((deal) => mayEdit(deal) && askMove([deal])), enabled },
    { key: '#', label: 'Delete', run: withCard((deal) => mayDelete(deal) && remove(deal)), enabled },
  ])
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (onKeyDown(event)) return
    const { target } = event
    if (!(target instanceof HTMLElement) || !target.dataset.card || !ref.current) return
    const deal = cache.find(target.dataset.card)
    if (event.key === 'Enter' && deal) events.open(deal.id)
    else if (event.key === ' ' && deal && mayEdit(deal)) lift(deal)
    else if (event.key.startsWith('Arrow')) neighbour(ref.current, target, event.key)?.focus()
    else return
    event.preventDefault()
  }
  return (
    <>
      <p id={helpId} hidden>
        Enter opens, Space picks up, M moves, arrows go to other cards.
      </p>
      <p role="status" aria-live="assertive" className="sr-only">
        {said}
      </p>
      <section
        ref={ref}
        aria-label="Board"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard.
        tabIndex={0}
        onKeyDown={onKey}
        className="-mx-4 flex gap-3 overflow-x-auto px-4 pb-3 md:-mx-8 md:px-8"
      >
        {columns.map((column) => (
          <BoardColumn
            key={column.stage}
            column={column}
            percent={percents.get(column.stage)}
            query={query}
            mayMove={mayEdit}
            events={events}
            activeId={activeId}
            liftedId={lifted?.deal.id}
            heldOver={lifted?.over === column.stage}
            helpId={helpId}
            findDeal={cache.find}
          />
        ))}
      </section>
    </>
  )
}

/** Deals by stage. */
export function Board({ query, shown }: BoardProps) {
  const text = queryText({ params: query.params, sort: query.sort, reverse: false })
  const { data, error, refetch } = useQuery({
    queryKey: ['board', text],
    queryFn: ({ signal }) => readBoard(text, signal),
    placeholderData: keepPreviousData,
  })
  if (error)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  if (!data)
    return (
      <div className="flex gap-3 overflow-hidden">
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <Skeleton key={key} className="h-96 w-72 shrink-0 rounded-2xl" />
        ))}
      </div>
    )
  if (data.columns.every(({ count }) => count === 0)) return <NoDeals query={query} />
  return <Columns data={data} query={query} shown={shown} />
}
