import type { AdminJobView, JobState } from '@throughline/contracts'
import { Badge, type Column, formatAge, type Tone } from '@throughline/ui'

export const jobStateLabels: Record<JobState, { text: string; tone: Tone }> = {
  QUEUED: { text: 'Queued', tone: 'info' },
  RUNNING: { text: 'Running', tone: 'accent' },
  SUCCEEDED: { text: 'Succeeded', tone: 'good' },
  FAILED: { text: 'Failed', tone: 'warn' },
  DEAD: { text: 'Dead', tone: 'bad' },
  CANCELLED: { text: 'Cancelled', tone: 'neutral' },
}

export const jobColumns: Column<AdminJobView>[] = [
  {
    header: 'Job',
    cell: (job) => (
      <span>
        <span className="block font-medium font-mono text-xs">{job.name}</span>
        <span className="block font-mono text-muted text-xs">{job.id.slice(-12)}</span>
      </span>
    ),
  },
  { header: 'Firm', cell: (job) => job.tenantName },
  {
    header: 'State',
    cell: (job) => <Badge tone={jobStateLabels[job.state].tone}>{jobStateLabels[job.state].text}</Badge>,
  },
  {
    header: 'Tries',
    cell: (job) => `${job.attempt} (${job.failures} of ${job.maxAttempts} failed)`,
    className: 'tabular whitespace-nowrap',
  },
  {
    header: 'Error',
    cell: (job) =>
      job.error ? (
        <details className="max-w-md">
          <summary className="text-bad">{job.error.message.slice(0, 60)}</summary>
          <p className="mt-1 font-mono text-muted text-xs [overflow-wrap:anywhere]">{job.error.message}</p>
        </details>
      ) : (
        '–'
      ),
  },
  { header: 'Asked for', cell: (job) => formatAge(job.createdAt), className: 'whitespace-nowrap text-muted' },
]
