'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { LeadSubmissionView } from '@throughline/contracts'
import { Button, messageOf, toast } from '@throughline/ui'
import { Check, Trash2 } from 'lucide-react'
import { postDecision } from './leads.api.ts'

/** Both ways to decide about a held lead. */
export function LeadActions({ submission }: { submission: LeadSubmissionView }) {
  const client = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: postDecision,
    onSuccess: ({ state, lead }) =>
      toast.success(state === 'ACCEPTED' ? `${lead.name} is a lead now` : `What ${lead.name} sent is discarded`),
    onError: (error) => toast.error('Nothing was decided', { description: messageOf(error) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['leads'] }),
  })
  const { id, state, lead } = submission
  if (state !== 'HELD') return null
  return (
    <div className="flex justify-end gap-1">
      <Button
        size="sm"
        aria-label={`Accept ${lead.name}`}
        disabled={isPending}
        onClick={() => mutate({ id, act: 'accept' })}
      >
        <Check aria-hidden /> Accept
      </Button>
      <Button
        kind="ghost"
        size="sm"
        aria-label={`Discard ${lead.name}`}
        disabled={isPending}
        onClick={() => mutate({ id, act: 'discard' })}
      >
        <Trash2 aria-hidden /> Discard
      </Button>
    </div>
  )
}
