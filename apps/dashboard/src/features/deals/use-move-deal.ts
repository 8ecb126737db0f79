'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DealBoard, DealStage, DealView } from '@throughline/contracts'
import { messageOf, toast } from '@throughline/ui'
import { postMove } from './deals.api.ts'
import { stageLabels } from './stages.ts'

export interface Move {
  deal: DealView
  stage: DealStage
  lostReason?: string
}

/** The board as it will be, before the API has said so. Counts follow; sums wait for the API, which adds money exactly. */
function moved(board: DealBoard, { deal, stage }: Move): DealBoard {
  return {
    columns: board.columns.map((column) => {
      if (column.stage === deal.stage && column.stage !== stage)
        return { ...column, count: column.count - 1, deals: column.deals.filter(({ id }) => id !== deal.id) }
      if (column.stage === stage && deal.stage !== stage)
        return { ...column, count: column.count + 1, deals: [{ ...deal, stage }, ...column.deals] }
      return column
    }),
  }
}

/** Moves a deal at once on the screen; a refusal moves it back and says why. */
export function useMoveDeal() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ deal, stage, lostReason }: Move) => postMove(deal.id, { stage, lostReason, version: deal.version }),
    onMutate: async (move) => {
      await client.cancelQueries({ queryKey: ['board'] })
      const before = client.getQueryData<DealBoard>(['board'])
      if (before) client.setQueryData(['board'], moved(before, move))
      return { before }
    },
    onError: (error, { deal }, context) => {
      if (context?.before) client.setQueryData(['board'], context.before)
      toast.error(`${deal.title} was not moved`, { description: messageOf(error) })
    },
    onSuccess: ({ title, stage }) => toast.success(`${title} is in ${stageLabels[stage]} now`),
    onSettled: () =>
      Promise.all(['board', 'deals', 'deal', 'statistics'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}
