'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type CapitalCallDetail, type CapitalCallMatrix, dayIn, type FundView } from '@throughline/contracts'
import {
  Alert,
  Button,
  cn,
  ErrorState,
  Fact,
  FactList,
  formatDay,
  formatMoney,
  messageOf,
  NoResults,
  Skeleton,
  toast,
  useSession,
} from '@throughline/ui'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { useFund } from '../funds/use-fund.ts'
import { TypedConfirm } from '../money/typed-confirm.tsx'
import { draftCall, previewCall, readCall, updateCall } from './calls.api.ts'
import { MatrixTable } from './matrix-table.tsx'
import { ComponentsStep } from './wizard-components.tsx'
import {
  draftOf,
  emptyDraft,
  missingOf,
  requestOf,
  type WizardDraft,
  withEverybody,
  withoutParticipants,
} from './wizard-draft.ts'
import { ExcusesStep, excuseWithoutReason, investorsOf } from './wizard-excuses.tsx'

const steps = ['What is called', 'Who takes part', 'The matrix', 'Review'] as const

/** A capital call from its components to a draft. `?call=` changes one that is there. */
export function CallWizard({ fundId }: { fundId: string }) {
  const { may, user } = useSession()
  const callId = useSearchParams().get('call')
  const { data: fund } = useFund(fundId)
  const before = useQuery({
    queryKey: ['calls', 'one', callId],
    queryFn: ({ signal }) => readCall(callId ?? '', signal),
    enabled: callId !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (user && !may('capital_call:draft'))
    return <NoResults title="This is not for your role">Managers draft capital calls.</NoResults>
  if (before.error) return <ErrorState error={before.error} onRetry={() => void before.refetch()} />
  if (!fund || (callId !== null && !before.data)) return <Skeleton className="h-96 rounded-2xl" />
  return <Wizard fund={fund} call={before.data} />
}

function Wizard({ fund, call }: { fund: FundView; call: CapitalCallDetail | undefined }) {
  const [draft, setDraft] = useState<WizardDraft>(() =>
    call ? draftOf(call) : emptyDraft(dayIn(fund.timeZone), fund.terms.noticeDays),
  )
  // What the matrix was last asked for: at each step, not at each key.
  const [asked, setAsked] = useState(draft)
  const [step, setStep] = useState(0)
  const [said, setSaid] = useState<string>()
  const [asks, setAsks] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const matrix = useQuery({
    queryKey: ['calls', 'preview', fund.id, requestOf(asked)],
    queryFn: () => previewCall(fund.id, requestOf(asked)),
    enabled: step > 0,
    retry: false,
  })
  // Who takes part is told from who is there: the first matrix has everybody.
  const everybody = matrix.data && draft.everybody.length === 0 ? investorsOf(matrix.data).map(({ id }) => id) : []
  if (everybody.length > 0) setDraft(withEverybody(draft, everybody))
  // Whoever works with keys or hears the page is taken to what has changed.
  useEffect(() => {
    if (step > 0) heading.current?.focus()
  }, [step])
  const go = (to: number) => {
    const refusal = to > step ? (missingOf(draft) ?? (step > 0 ? unchosen(draft) : undefined)) : undefined
    setSaid(refusal)
    if (refusal !== undefined) return
    setAsked(draft)
    setStep(to)
  }
  const isBlocked = step > 0 && !matrix.data
  return (
    <div className="grid gap-5">
      <Steps step={step} />
      <h2 ref={heading} tabIndex={-1} className="font-semibold text-lg tracking-tight outline-none">
        {steps[step]}
      </h2>
      {said ? <Alert>{said}</Alert> : null}
      {step > 0 && matrix.error ? <Alert>{messageOf(matrix.error)}</Alert> : null}
      {step === 0 ? (
        <ComponentsStep fundId={fund.id} currency={fund.currency} draft={draft} onChange={setDraft} />
      ) : matrix.data ? (
        <Later step={step} draft={draft} matrix={matrix.data} currency={fund.currency} onChange={setDraft} />
      ) : matrix.error ? null : (
        <Skeleton className="h-72 rounded-2xl" />
      )}
      <div className="flex flex-wrap justify-between gap-2">
        <Button onClick={() => go(step - 1)} disabled={step === 0}>
          Back
        </Button>
        {step < steps.length - 1 ? (
          <Button kind="primary" onClick={() => go(step + 1)} disabled={isBlocked}>
            Next
          </Button>
        ) : (
          <Button kind="primary" onClick={() => setAsks(true)} disabled={isBlocked}>
            {call ? 'Save the call' : 'Draft the call'}
          </Button>
        )}
      </div>
      {asks && matrix.data ? (
        <SaveQuestion {...{ fund, call, draft }} amount={matrix.data.amount} onClose={() => setAsks(false)} />
      ) : null}
    </div>
  )
}

const unchosen = (draft: WizardDraft) => excuseWithoutReason(draft) ?? withoutParticipants(draft)

const Steps = ({ step }: { step: number }) => (
  <ol aria-label="Steps" className="flex flex-wrap gap-2 text-sm">
    {steps.map((name, index) => (
      <li
        key={name}
        aria-current={index === step ? 'step' : undefined}
        className={cn(
          'rounded-lg px-2.5 py-1',
          index === step ? 'bg-accent-soft font-medium text-accent-ink' : 'bg-sunken text-muted',
        )}
      >
        {index + 1}. {name}
      </li>
    ))}
  </ol>
)

interface LaterProps {
  step: number
  draft: WizardDraft
  matrix: CapitalCallMatrix
  currency: string
  onChange(draft: WizardDraft): void
}

function Later({ step, draft, matrix, currency, onChange }: LaterProps) {
  if (step === 1) return <ExcusesStep draft={draft} matrix={matrix} onChange={onChange} />
  if (step === 2) return <MatrixTable matrix={matrix} />
  return (
    <FactList>
      <Fact name="Title">{draft.title}</Fact>
      <Fact name="Amount">{formatMoney(matrix.amount, currency)}</Fact>
      {matrix.components.map(({ id, label, amount }) => (
        <Fact key={id} name={label}>
          {formatMoney(amount, currency)}
        </Fact>
      ))}
      <Fact name="Notice">{formatDay(draft.noticeDate)}</Fact>
      <Fact name="Due">
        {formatDay(draft.dueDate)} (earliest: {formatDay(matrix.earliestDueDate)})
      </Fact>
      <Fact name="Investors">{matrix.lines.length}</Fact>
      <Fact name="Excused">{matrix.excluded.filter(({ reason }) => reason === 'excused').length}</Fact>
      <Fact name="Next">A draft touches no figure. Somebody else approves it, and then it is issued.</Fact>
    </FactList>
  )
}

interface SaveProps {
  fund: FundView
  call: CapitalCallDetail | undefined
  draft: WizardDraft
  amount: string
  onClose(): void
}

function SaveQuestion({ fund, call, draft, amount, onClose }: SaveProps) {
  const router = useRouter()
  const client = useQueryClient()
  const save = async (key: string) => {
    const request = requestOf(draft)
    const saved = call
      ? await updateCall(call.id, { ...request, version: call.version }, { key })
      : await draftCall(fund.id, request, { key })
    await client.invalidateQueries({ queryKey: ['calls'] })
    toast(call ? 'The call is changed, and a draft again' : 'The call is drafted')
    router.push(`/funds/${fund.id}/calls/${saved.id}`)
  }
  return (
    <TypedConfirm
      title={call ? 'Save this capital call?' : 'Draft this capital call?'}
      word={amount}
      confirm={call ? 'Save the call' : 'Draft the call'}
      onClose={onClose}
      onConfirm={save}
    >
      <p>
        {draft.title}: {formatMoney(amount, fund.currency)}, due {formatDay(draft.dueDate)}.
        {call && call.state !== 'DRAFT' ? ' Its approval is taken back.' : ''}
      </p>
    </TypedConfirm>
  )
}
