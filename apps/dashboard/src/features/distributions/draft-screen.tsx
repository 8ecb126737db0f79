'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type DistributionDetail, dayIn, type FundView } from '@throughline/contracts'
import {
  Alert,
  Button,
  ErrorState,
  formatDay,
  formatMoney,
  NoResults,
  Notice,
  Skeleton,
  useSession,
  useSettled,
} from '@throughline/ui'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { useMemo, useState } from 'react'
import { useFund } from '../funds/use-fund.ts'
import { BasisFields } from './basis-fields.tsx'
import { DistributionStateBadge } from './distribution-state.tsx'
import { previewDistribution, readDistribution } from './distributions.api.ts'
import { DraftFields } from './draft-fields.tsx'
import { type DraftForm, emptyForm, formOf, missingOf, requestOf } from './draft-form.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { SaveQuestion } from './save-question.tsx'

const pauseMs = 300

/** A distribution from its amounts to a draft, with its lines beside it. `?distribution=` changes one that is there. */
export function DraftScreen({ fundId }: { fundId: string }) {
  const { may, user } = useSession()
  const id = useSearchParams().get('distribution')
  const { data: fund } = useFund(fundId)
  // Read once: what others change meanwhile must not take away what is typed.
  const before = useQuery({
    queryKey: ['distribution-draft', id],
    queryFn: ({ signal }) => readDistribution(id ?? '', signal),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (user && !may('distribution:draft'))
    return <NoResults title="This is not for your role">Managers draft distributions.</NoResults>
  if (before.error) return <ErrorState error={before.error} onRetry={() => void before.refetch()} />
  if (!fund || (id !== null && !before.data)) return <Skeleton className="h-96 rounded-2xl" />
  if (before.data && !['DRAFT', 'IN_REVIEW', 'APPROVED'].includes(before.data.state))
    return (
      <NoResults title="It cannot be changed any more">
        <Link href={`/funds/${fundId}/distributions/${before.data.id}`} className="underline">
          {before.data.title}
        </Link>{' '}
        is declared, paid or cancelled.
      </NoResults>
    )
  return (
    <Draft
      key={before.data ? `${before.data.id} ${before.dataUpdatedAt}` : 'new'}
      fund={fund}
      before={before.data}
      onTheirs={() => void before.refetch()}
    />
  )
}

interface DraftProps {
  fund: FundView
  before: DistributionDetail | undefined
  /** What somebody else has written is shown instead. */
  onTheirs(): void
}

function Draft({ fund, before, onTheirs }: DraftProps) {
  const [form, setForm] = useState<DraftForm>(() => (before ? formOf(before) : emptyForm(dayIn(fund.timeZone))))
  const [version, setVersion] = useState(before?.version)
  const [theirs, setTheirs] = useState<DistributionDetail>()
  const [asks, setAsks] = useState(false)
  const request = useMemo(() => requestOf(form), [form])
  const missing = missingOf(form)
  // What the lines are asked for: nothing is sent while somebody types.
  const settled = useSettled(form, pauseMs)
  const asked = useMemo(() => requestOf(settled), [settled])
  const preview = useQuery({
    queryKey: ['fund', fund.id, 'distribution-preview', asked],
    queryFn: ({ signal }) => previewDistribution(fund.id, asked, signal),
    enabled: missingOf(settled) === undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const isOld = preview.isFetching || preview.isPlaceholderData || settled !== form
  const isReady = missing === undefined && preview.data !== undefined && !preview.error && !isOld
  const overtaken = async () => {
    if (before) setTheirs(await readDistribution(before.id))
  }
  return (
    <div className="grid gap-5">
      <Heading fundId={fund.id} before={before} />
      {theirs ? (
        <Alert>
          <p>
            Somebody changed this distribution in the meantime: {theirs.title} is{' '}
            {formatMoney(theirs.totals.gross, fund.currency)} on {formatDay(theirs.distributedOn)} now. What you typed
            is still here and not saved.
          </p>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button size="sm" onClick={onTheirs}>
              Show theirs
            </Button>
            <Button
              size="sm"
              onClick={() => {
                setVersion(theirs.version)
                setTheirs(undefined)
              }}
            >
              Keep mine
            </Button>
          </div>
        </Alert>
      ) : null}
      <div className="grid gap-5 xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <form
          className="grid content-start gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady) setAsks(true)
          }}
        >
          <Fields fund={fund} form={form} onChange={(part) => setForm((old) => ({ ...old, ...part }))} />
          <Button kind="primary" type="submit" disabled={!isReady || theirs !== undefined} className="justify-self-end">
            {before ? 'Save the distribution' : 'Save draft'}
          </Button>
        </form>
        <PreviewPanel
          preview={missing === undefined && !preview.error ? preview.data : undefined}
          missing={missing}
          error={preview.error}
          isOld={isOld}
          currency={fund.currency}
        />
      </div>
      {asks && preview.data ? (
        <SaveQuestion
          {...{ fund, before, version, request }}
          amount={preview.data.totals.gross}
          onOvertaken={overtaken}
          onClose={() => setAsks(false)}
        />
      ) : null}
    </div>
  )
}

interface FieldsProps {
  fund: FundView
  form: DraftForm
  onChange(part: Partial<DraftForm>): void
}

const Fields = ({ fund, form, onChange }: FieldsProps) => (
  <>
    <DraftFields fundId={fund.id} currency={fund.currency} form={form} onChange={onChange} terms={fund.terms} />
    <BasisFields fundId={fund.id} form={form} onChange={onChange} terms={fund.terms} />
  </>
)

function Heading({ fundId, before }: { fundId: string; before: DistributionDetail | undefined }) {
  const back = before ? `/${before.id}` : ''
  return (
    <div className="grid gap-2">
      <Link href={`/funds/${fundId}/distributions${back}`} className="text-muted text-sm hover:underline">
        {before ? before.title : 'All distributions'}
      </Link>
      <h2 className="flex flex-wrap items-center gap-2 font-semibold text-lg">
        {before ? 'Change the distribution' : 'New distribution'}
        {before ? <DistributionStateBadge state={before.state} /> : null}
      </h2>
      {before && before.state !== 'DRAFT' ? (
        <Notice tone="warn">
          {before.state === 'APPROVED' ? 'It is approved. ' : 'It waits for approval. '}
          Once it is saved it is a draft again, and somebody else has to approve what it is then.
        </Notice>
      ) : null}
    </div>
  )
}
