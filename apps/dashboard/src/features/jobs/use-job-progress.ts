'use client'
import { useQuery } from '@tanstack/react-query'
import { type JobProgress, jobView } from '@throughline/contracts'
import { apiFetch, useLive } from '@throughline/ui'
import { useState } from 'react'

/** The newest of what the socket said and what the job remembers: a page that was just loaded knows both. */
export function useJobProgress(jobId: string | null): JobProgress | undefined {
  const [heard, setHeard] = useState<{ jobId: string; progress: JobProgress }>()
  const { data: job } = useQuery({
    queryKey: ['job', jobId],
    queryFn: ({ signal }) => apiFetch(`/tenant/v1/jobs/${jobId}`, { schema: jobView, signal }),
    enabled: jobId !== null,
  })
  useLive(({ type, data }) => {
    if (type === 'job.progress' && data.jobId === jobId)
      setHeard({ jobId: String(jobId), progress: data.progress as JobProgress })
  })
  return heard?.jobId === jobId ? heard?.progress : (job?.progress ?? undefined)
}
