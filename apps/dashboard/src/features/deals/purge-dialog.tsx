'use client'
import { useMutation } from '@tanstack/react-query'
import type { DealView } from '@throughline/contracts'
import { ConfirmDialog, messageOf, toast } from '@throughline/ui'
import { postPurge } from './deals.api.ts'
import { type DealCache, sumKeys } from './use-deal-cache.ts'
import { useDealQuery } from './use-deal-query.ts'

/** Asks once more before a deal is deleted for good; a refusal stands in it. Open as long as there is a deal. */
export function PurgeDialog({
  deal,
  cache,
  onClose,
}: {
  deal: DealView | undefined
  cache: DealCache
  onClose(): void
}) {
  const { openDeal, set } = useDealQuery()
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ id }: DealView) => postPurge(id),
    onSuccess: (_nothing, purged) => {
      // Its address leads to nothing any more.
      if (openDeal === purged.id) set({ deal: null }, 'replace')
      cache.drop([purged.id])
      void cache.refresh('deals', ...sumKeys)
      toast.success(`${purged.title} is gone for good`)
      onClose()
    },
  })
  const close = () => {
    reset()
    onClose()
  }
  return (
    <ConfirmDialog
      open={deal !== undefined}
      onClose={close}
      title={`Delete ${deal?.title ?? 'this deal'} for good?`}
      confirm="Delete for good"
      danger
      busy={isPending}
      refusal={error ? messageOf(error) : undefined}
      onConfirm={() => deal && mutate(deal)}
    >
      <p>
        It cannot be brought back, nor can its history and its timeline. What is in the trash goes by itself after 30
        days.
      </p>
    </ConfirmDialog>
  )
}
