'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { CommitmentChange, CommitmentView, FundPositionView, FundView } from '@throughline/contracts'
import {
  Alert,
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorState,
  Field,
  formatDay,
  formatMoney,
  Input,
  messageOf,
  Skeleton,
  Stat,
  useSession,
} from '@throughline/ui'
import Link from 'next/link'
import { useState } from 'react'
import { InvestorFigures } from '../fund-figures/investor-figures.tsx'
import { InvestorShares } from '../fund-figures/investor-shares.tsx'
import { useFund } from '../funds/use-fund.ts'
import { ChangeDialog, TransferDialog } from './commitment-dialogs.tsx'
import { readPosition } from './commitments.api.ts'
import { PositionEvents } from './position-events.tsx'

const figureNames = [
  ['commitment', 'Commitment'],
  ['called', 'Called'],
  ['uncalled', 'Uncalled'],
  ['paidIn', 'Paid in'],
  ['outstanding', 'Outstanding'],
  ['prepaid', 'Prepaid'],
  ['distributed', 'Distributed'],
  ['recallable', 'Recallable'],
  ['released', 'Released'],
  ['feeFree', 'Free of management fee'],
  ['calledOutside', 'Called outside of the commitment'],
] as const

const Figures = ({ position, fund }: { position: FundPositionView; fund: FundView }) => (
  <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
    {figureNames.map(([figure, name]) => (
      <Stat
        key={figure}
        label={name}
        value={formatMoney(position.figures[figure], fund.currency)}
        detail={`as of ${formatDay(position.asOf)}`}
      />
    ))}
  </dl>
)

type Act = CommitmentChange | 'transfer'
const acts: readonly { act: Act; label: string }[] = [
  { act: 'increase', label: 'Increase' },
  { act: 'decrease', label: 'Decrease' },
  { act: 'release', label: 'Release' },
  { act: 'transfer', label: 'Transfer' },
]

function Commitments({ position, fund }: { position: FundPositionView; fund: FundView }) {
  const { may } = useSession()
  const [asking, setAsking] = useState<{ act: Act; commitment: CommitmentView }>()
  const close = () => setAsking(undefined)
  const mayChange = may('commitment:change') && fund.state === 'OPEN'
  return (
    <Card>
      <h2 className="border-line border-b px-4 py-3 font-semibold">Commitments</h2>
      {position.commitments.length === 0 ? (
        <EmptyState title="It has promised nothing to this fund" />
      ) : (
        <ul aria-label="Commitments" className="divide-y divide-line">
          {position.commitments.map((commitment) => (
            <li key={commitment.id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm">
              <span>
                <span className="font-medium">{commitment.closeName}</span>, {formatDay(commitment.closeDate)}
                <span className="tabular ml-3 font-medium">{formatMoney(commitment.amount, fund.currency)}</span>{' '}
                {commitment.feeFree ? <Badge tone="info">No management fee</Badge> : null}
              </span>
              {mayChange ? (
                <span className="flex flex-wrap gap-2">
                  {acts.map(({ act, label }) => (
                    <Button
                      key={act}
                      size="sm"
                      aria-label={`${label} ${commitment.closeName}`}
                      onClick={() => setAsking({ act, commitment })}
                    >
                      {label}
                    </Button>
                  ))}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {asking?.act === 'transfer' ? (
        <TransferDialog fund={fund} commitment={asking.commitment} onClose={close} />
      ) : asking ? (
        <ChangeDialog fund={fund} commitment={asking.commitment} change={asking.act} onClose={close} />
      ) : null}
    </Card>
  )
}

interface Props {
  fundId: string
  investorId: string
}

/** One investor in one fund: where it stood on a day, what it has promised, and what has happened. */
export function PositionScreen({ fundId, investorId }: Props) {
  const { data: fund } = useFund(fundId)
  const [asOf, setAsOf] = useState('')
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fundId, 'position', investorId, asOf],
    queryFn: ({ signal }) => readPosition(fundId, investorId, asOf, signal),
    placeholderData: keepPreviousData,
  })
  if (error && !data)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  if (!fund || !data) return <Skeleton className="h-64 rounded-2xl" />
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="font-semibold text-lg">
            <Link href={`/investors/${investorId}`} className="hover:underline">
              {data.name}
            </Link>{' '}
            <span className="font-normal text-muted">{data.code}</span>
          </h2>
          {data.defaultedOn ? <Badge tone="bad">In default since {formatDay(data.defaultedOn)}</Badge> : null}
        </div>
        <Field label="As of the end of">
          {(ids) => (
            <Input
              {...ids}
              type="date"
              max={fund.asOf}
              value={asOf || fund.asOf}
              onChange={(event) => setAsOf(event.target.value === fund.asOf ? '' : event.target.value)}
            />
          )}
        </Field>
      </div>
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      <Figures position={data} fund={fund} />
      <InvestorFigures fundId={fundId} investorId={investorId} asOf={asOf} />
      <Commitments position={data} fund={fund} />
      <InvestorShares fundId={fundId} investorId={investorId} currency={fund.currency} />
      <PositionEvents fund={fund} investorId={investorId} />
    </div>
  )
}
