'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DealSummaryView, FundDocumentView } from '@throughline/contracts'
import {
  Alert,
  Button,
  ErrorState,
  formatInstant,
  messageOf,
  Notice,
  Progress,
  Skeleton,
  useSession,
} from '@throughline/ui'
import { useJobProgress } from '../jobs/use-job-progress.ts'
import { postDealSummary, readDealSummary } from './deal-documents.api.ts'
import { SummaryText } from './summary-text.tsx'
import { leftOut, type MadeSummary, removedWord, writtenBy } from './summary-words.ts'

const slowly = 4_000
const isUnderWay = (view: DealSummaryView): boolean => view.attempt?.state === 'PENDING'

const changes = {
  documents: 'It is older than the documents: some have come or gone since.',
  model: 'It was made before the present model was set up.',
} as const

function UnderWay({ jobId }: { jobId: string }) {
  const progress = useJobProgress(jobId)
  return (
    <div className="grid gap-2">
      <Progress label="The summary is being made" done={progress?.done ?? 0} total={progress?.total ?? null} />
      <p aria-live="polite" className="text-muted text-xs [overflow-wrap:anywhere]">
        {progress?.step ?? 'Waiting for a worker'}
      </p>
    </div>
  )
}

function Made({ summary, documents }: { summary: MadeSummary; documents: readonly FundDocumentView[] }) {
  const notes = summary.sources.flatMap((source) => leftOut(source) ?? [])
  return (
    <>
      {summary.removed.map((each) => (
        <Notice key={each.documentId} tone="warn">
          {removedWord(each)}
        </Notice>
      ))}
      {summary.olderThan ? <Notice tone="warn">{changes[summary.olderThan]}</Notice> : null}
      <SummaryText summary={summary} documents={documents} />
      <p className="text-muted text-xs">
        {writtenBy(summary)} Version {summary.number}, {formatInstant(summary.readyAt)}.
      </p>
      {notes.length > 0 ? (
        <ul aria-label="What was left out" className="grid gap-1 text-muted text-xs [overflow-wrap:anywhere]">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

const askWords = ({ summary, attempt }: DealSummaryView): string =>
  summary || attempt ? 'Make it anew' : 'Summarise the documents'

/** The summary of a deal's documents, or what keeps it from being there. */
export function DealSummary({ dealId, documents }: { dealId: string; documents: readonly FundDocumentView[] }) {
  const client = useQueryClient()
  const { may } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: ['deal-papers', 'summary', dealId],
    queryFn: ({ signal }) => readDealSummary(dealId, signal),
    // Events say when it is ready; this is for whoever has no socket.
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? slowly : false),
  })
  const ask = useMutation({
    mutationFn: () => postDealSummary(dealId),
    onSuccess: () => client.invalidateQueries({ queryKey: ['deal-papers', 'summary', dealId] }),
  })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return documents.length > 0 ? <Skeleton className="h-16" /> : null
  const { summary, attempt, readable } = data
  if (documents.length === 0 && !summary && !attempt) return null
  const isWanted = readable > 0 && !isUnderWay(data) && (!summary || summary.olderThan !== null || attempt !== null)
  return (
    <div className="grid gap-3">
      <h4 className="font-medium">Summary</h4>
      {attempt?.state === 'PENDING' ? <UnderWay jobId={attempt.jobId} /> : null}
      {attempt?.state === 'FAILED' ? <Alert>{attempt.error ?? 'The summary was not made.'}</Alert> : null}
      {ask.error ? <Alert>{messageOf(ask.error)}</Alert> : null}
      {summary ? <Made summary={summary} documents={documents} /> : null}
      {!summary && !attempt ? (
        <p className="text-muted">
          {readable > 0
            ? 'None was made yet. Each of its sentences says where in the documents it stands.'
            : 'There is no PDF and no text that could be summarised.'}
        </p>
      ) : null}
      {may('fund_document:create') && isWanted ? (
        <div>
          <Button size="sm" onClick={() => ask.mutate()} disabled={ask.isPending}>
            {askWords(data)}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
