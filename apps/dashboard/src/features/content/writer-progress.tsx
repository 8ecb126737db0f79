'use client'
import { useQuery } from '@tanstack/react-query'
import { type ActivityView, liveState } from '@throughline/contracts'
import { apiFetch, Card, cn, Progress, useLive } from '@throughline/ui'
import { Check, CircleDashed } from 'lucide-react'
import { useState } from 'react'
import * as z from 'zod'

const steps = ['Reading the brief', 'Gathering documents', 'Drafting', 'Checking the draft', 'Storing the draft']
const signal = z.object({ activityId: z.string(), progress: z.object({ done: z.number() }) })

/** The step that the agent is at: heard on the socket, or read when the page was loaded in the middle of it. */
function useStep(activityId: string): number {
  const [heard, setHeard] = useState<number>()
  const { data: live } = useQuery({
    queryKey: ['live', activityId],
    queryFn: ({ signal: abort }) => apiFetch('/tenant/v1/live', { schema: liveState, signal: abort }),
  })
  useLive(({ type, data }) => {
    const parsed = type === 'agent:progress' ? signal.safeParse(data) : undefined
    if (parsed?.success && parsed.data.activityId === activityId) setHeard(parsed.data.progress.done)
  })
  const remembered = live?.agents
    .map(({ data }) => signal.safeParse(data))
    .find((each) => each.success && each.data.activityId === activityId)
  return heard ?? remembered?.data?.progress.done ?? 0
}

/** What the agent is doing right now. */
export function WriterProgress({ activity }: { activity: ActivityView }) {
  const at = useStep(activity.id)
  return (
    <Card className="grid gap-4 p-5">
      <Progress label="Writing" done={at} total={steps.length} />
      <ul aria-label="Progress" className="grid gap-2 text-sm">
        {steps.map((step, index) => (
          <li key={step} className={cn('flex items-center gap-2', index > at && 'text-muted')}>
            {index < at ? (
              <Check aria-hidden className="size-4 text-good" />
            ) : (
              <CircleDashed aria-hidden className={cn('size-4', index === at && 'animate-spin text-accent')} />
            )}
            {step}
          </li>
        ))}
      </ul>
    </Card>
  )
}
