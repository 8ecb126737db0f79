'use client'
// What can be done to deals, the same from a row, a card, a day, the panel and a key.
import type { BulkChange, DealStage, DealView, UpdateDeal } from '@throughline/contracts'
import { formatNumber, messageOf, toast, useSession } from '@throughline/ui'
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react'
import { ConflictDialog } from './conflict-dialog.tsx'
import { LostReasonDialog } from './lost-reason-dialog.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { PurgeDialog } from './purge-dialog.tsx'
import { isClosed } from './stages.ts'
import { useBulk } from './use-bulk.ts'
import { useDealCache } from './use-deal-cache.ts'
import { useMoveDeal } from './use-move-deal.ts'
import { useRemoveDeal } from './use-remove-deal.ts'
import { useRescheduleDeal } from './use-reschedule-deal.ts'
import { useSaveDeal } from './use-save-deal.ts'
import { useUndo } from './use-undo.ts'

export interface DealActions {
  /** Whether it is theirs to change; the API refuses the others, so they are not offered. */
  mayEdit(deal: DealView): boolean
  mayDelete(deal: DealView): boolean
  mayPurge: boolean
  /** Members cannot give a deal away. */
  mayAssign: boolean
  /** Resolves to whether it was saved. */
  save(deal: DealView, changes: UpdateDeal): Promise<boolean>
  /** Moves them; a loss is asked for its reason first. */
  move(deals: readonly DealView[], stage: DealStage): void
  /** Asks to which stage. */
  askMove(deals: readonly DealView[]): void
  reschedule(deal: DealView, date: string): void
  remove(deal: DealView): void
  restore(deal: DealView): void
  /** Deletes one for good, after a question. */
  askPurge(deal: DealView): void
  change(ids: readonly string[], change: BulkChange, done: string): void
  removeAll(ids: readonly string[]): void
  undoLast(): void
}

const Actions = createContext<DealActions | undefined>(undefined)

export function useDealActions(): DealActions {
  const actions = use(Actions)
  if (!actions) throw new Error('useDealActions works below DealActionsProvider')
  return actions
}

/** Members change their own deals only. */
function useRights() {
  const { user, may } = useSession()
  const own = useCallback((deal: DealView) => user?.role !== 'member' || deal.owner?.id === user.id, [user])
  const update = may('deal:update')
  const remove = may('deal:delete')
  const mayPurge = may('record:purge')
  return useMemo(
    () => ({
      mayEdit: (deal: DealView) => update && deal.deletedAt === null && own(deal),
      mayDelete: (deal: DealView) => remove && own(deal),
      mayPurge,
      mayAssign: update && user?.role !== 'member',
    }),
    [own, update, remove, mayPurge, user?.role],
  )
}

/** `Big deal` or `12 deals`. */
export const nameOf = (deals: readonly DealView[]): string =>
  deals.length === 1 && deals[0] ? deals[0].title : `${formatNumber(deals.length)} deals`

interface Losing {
  deals: readonly DealView[]
  stage: DealStage
}

/** Holds the dialogs that an action may need, wherever it was started. */
export function DealActionsProvider({ children }: { children: ReactNode }) {
  const rights = useRights()
  const cache = useDealCache()
  const undo = useUndo()
  const { save, conflict, closeConflict } = useSaveDeal(cache)
  const moveOne = useMoveDeal(cache, undo)
  const { remove, restore } = useRemoveDeal(cache, undo)
  const reschedule = useRescheduleDeal(cache, undo)
  const bulk = useBulk(cache, undo)
  const [asked, setAsked] = useState<readonly DealView[]>()
  const [losing, setLosing] = useState<Losing>()
  const [purging, setPurging] = useState<DealView>()

  const carryOut = useCallback(
    (deals: readonly DealView[], stage: DealStage, lostReason?: string) => {
      const [deal] = deals
      const done =
        deals.length === 1 && deal
          ? moveOne({ deal, stage, lostReason })
          : bulk.change(
              deals.map(({ id }) => id),
              { action: 'move', stage, lostReason },
              'moved',
            )
      done.catch((error: unknown) => toast.error('Nothing was moved', { description: messageOf(error) }))
    },
    [moveOne, bulk],
  )
  const actions = useMemo<DealActions>(
    () => ({
      ...rights,
      save,
      move: (deals, stage) => {
        // What is closed already is refused, so nobody is asked for a reason first.
        const isLoss = stage === 'CLOSED_LOST' && deals.some((deal) => !isClosed(deal.stage))
        if (isLoss) setLosing({ deals, stage })
        else carryOut(deals, stage)
      },
      askMove: (deals) => setAsked(deals.length > 0 ? deals : undefined),
      reschedule: (deal, date) => void reschedule(deal, date),
      remove: (deal) => void remove(deal),
      restore: (deal) => void restore(deal),
      askPurge: setPurging,
      change: (ids, change, done) => void bulk.change(ids, change, done),
      removeAll: (ids) => void bulk.remove(ids),
      undoLast: undo.undoLast,
    }),
    [rights, save, carryOut, reschedule, remove, restore, bulk, undo],
  )
  const from = asked?.every(({ stage }) => stage === asked[0]?.stage) ? asked[0]?.stage : undefined
  return (
    <Actions value={actions}>
      {children}
      <MoveDialog
        what={asked && nameOf(asked)}
        from={from}
        onClose={() => setAsked(undefined)}
        onChoose={(stage) => {
          setAsked(undefined)
          if (asked) actions.move(asked, stage)
        }}
      />
      <LostReasonDialog
        title={losing && `Why ${losing.deals.length === 1 ? 'was' : 'were'} ${nameOf(losing.deals)} lost?`}
        onClose={() => setLosing(undefined)}
        onConfirm={(reason) => {
          setLosing(undefined)
          if (losing) carryOut(losing.deals, losing.stage, reason)
        }}
      />
      <PurgeDialog deal={purging} cache={cache} onClose={() => setPurging(undefined)} />
      <ConflictDialog
        conflict={conflict}
        onClose={closeConflict}
        onSave={(deal, changes) => void save(deal, changes)}
      />
    </Actions>
  )
}
