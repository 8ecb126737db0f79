'use client'
import { useQuery } from '@tanstack/react-query'
import { Card, ErrorState, Skeleton, useSession } from '@throughline/ui'
import { readPipeline } from './pipeline.api.ts'
import { StagesForm } from './stages-form.tsx'
import { pipelineKey } from './use-pipeline.ts'

/** What the firm calls its stages, in which order they stand, and what a deal in each of them counts. */
export function StagesScreen() {
  const { user, may } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: pipelineKey,
    queryFn: ({ signal }) => readPipeline(signal),
    enabled: user !== undefined,
  })
  return (
    <section className="grid max-w-2xl gap-3">
      <div>
        <h2 className="font-semibold">Stages</h2>
        <p className="mt-0.5 text-muted text-sm">
          A deal counts in the weighted pipeline with the probability of its stage, unless it has one of its own. Won
          and lost are what they are: only their names change.
        </p>
      </div>
      <Card className="p-5">
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {data ? <StagesForm pipeline={data} editable={may('settings:update')} /> : null}
        {!data && !error ? <Skeleton className="h-72" /> : null}
      </Card>
    </section>
  )
}
