'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AdminJobView } from '@throughline/contracts'
import { Button, type Column, Dialog, EmptyState, messageOf, PageHeader, toast } from '@throughline/ui'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { postReplay, readDeadLetters, refreshMs } from '../console.api.ts'
import { PagedTable, usePages } from '../paged-table.tsx'
import { jobColumns } from './job-columns.tsx'

/** Jobs that are out of attempts: kept until somebody has looked. */
export function DeadLettersScreen() {
  const client = useQueryClient()
  const pages = usePages({ queryKey: ['dead-letters'], read: readDeadLetters, refetchInterval: refreshMs })
  const [chosen, setChosen] = useState<AdminJobView>()
  const { mutate, isPending } = useMutation({
    mutationFn: postReplay,
    onSuccess: () => toast.success('Queued again, with all its attempts'),
    onError: (error) => toast.error('Not replayed', { description: messageOf(error) }),
    onSettled: () => {
      setChosen(undefined)
      return client.invalidateQueries({ queryKey: ['dead-letters'] })
    },
  })
  const columns: Column<AdminJobView>[] = [
    ...jobColumns.filter(({ header }) => header !== 'State'),
    {
      header: 'Replay',
      cell: (job) => (
        <Button size="sm" onClick={() => setChosen(job)} aria-label={`Replay ${job.name} of ${job.tenantName}`}>
          <RotateCcw aria-hidden /> Replay
        </Button>
      ),
    },
  ]
  return (
    <>
      <PageHeader title="Dead letters">What failed too often. Mend the cause, then replay.</PageHeader>
      <PagedTable
        label="Dead letters"
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<EmptyState title="No dead letters">Nothing has run out of attempts.</EmptyState>}
      />
      <Dialog
        open={chosen !== undefined}
        onOpenChange={(open) => !open && setChosen(undefined)}
        title="Replay this job?"
        description={`${chosen?.name} of ${chosen?.tenantName} gets all its attempts back.`}
      >
        <div className="flex justify-end gap-2">
          <Button onClick={() => setChosen(undefined)}>Cancel</Button>
          <Button kind="primary" disabled={isPending} onClick={() => chosen && mutate(chosen)}>
            Replay
          </Button>
        </div>
      </Dialog>
    </>
  )
}
