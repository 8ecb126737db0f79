'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, messageOf, useSession } from '@throughline/ui'
import { RotateCw } from 'lucide-react'
import { useFund } from '../funds/use-fund.ts'
import { BreaksSection } from './breaks-section.tsx'
import { postRun } from './reconciliation.api.ts'
import { RunsSection } from './runs-section.tsx'

/** Whether everything that is derived agrees with the books, night by night, and what does not. */
export function ReconciliationScreen({ fundId }: { fundId: string }) {
  const { may } = useSession()
  const { data: fund } = useFund(fundId)
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => postRun(fundId),
    onSettled: () => client.invalidateQueries({ queryKey: ['fund'] }),
  })
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-2xl text-muted text-sm">
          Every night at 02:00 of {fund?.timeZone ?? 'the fund'} everything is added up anew and compared with what is
          kept.
        </p>
        {may('fund:update') ? (
          <Button onClick={() => mutate()} disabled={isPending}>
            <RotateCw aria-hidden /> {isPending ? 'Starting…' : 'Compare now'}
          </Button>
        ) : null}
      </div>
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      {fund ? <BreaksSection fund={fund} /> : null}
      <RunsSection fundId={fundId} />
    </div>
  )
}
