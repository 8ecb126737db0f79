'use client'
import type { ReceiptView } from '@throughline/contracts'
import { Badge, Button, formatDay, formatMoney, useSession } from '@throughline/ui'
import { ageOf, basisWords, receiptWords, sourceWords } from './payment-words.ts'
import { postAssign, postIgnore } from './payments.api.ts'
import { useMoneyRequest } from './use-money-request.ts'

/** What came in, what the rules make of it, and what a person can do. */
export function ReceiptCard({
  receipt,
  onMatch,
  onIgnore,
}: {
  receipt: ReceiptView
  onMatch(): void
  onIgnore(): void
}) {
  const { amount, currency, state, valueDate, ageDays, bankReference, account, payer, text, owner, note } = receipt
  const { label, tone } = receiptWords[state]
  return (
    <article aria-label={`Receipt ${bankReference}`} className="grid gap-2 p-4 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="tabular font-semibold text-base">{formatMoney(amount, currency)}</span>
        <Badge tone={tone}>{label}</Badge>
        <span className="text-muted">
          {formatDay(valueDate)}, {ageOf(ageDays)}, {sourceWords[receipt.source]}
        </span>
      </div>
      <p className="text-muted [overflow-wrap:anywhere]">
        {payer ? `${payer}: ` : ''}
        {text || 'no text'} · booking {bankReference}, account {account}
      </p>
      {state === 'PROPOSED' || state === 'UNMATCHED' ? <Proposal receipt={receipt} /> : null}
      {note ? <p className="[overflow-wrap:anywhere]">Note: {note}</p> : null}
      {owner ? <p className="text-muted">{owner.name} looks at it</p> : null}
      <Actions receipt={receipt} onMatch={onMatch} onIgnore={onIgnore} />
    </article>
  )
}

function Proposal({ receipt: { basis, confidence, proposed, currency } }: { receipt: ReceiptView }) {
  return (
    <div className="rounded-xl bg-sunken px-3 py-2">
      <p>
        {basisWords[basis]}
        {confidence > 0 ? <span className="text-muted"> ({confidence}% sure)</span> : null}
      </p>
      {proposed.length > 0 ? (
        <ul className="mt-1 grid gap-0.5">
          {proposed.map(({ lineId, investorName, reference, callTitle, outstanding }) => (
            <li key={lineId} className="[overflow-wrap:anywhere]">
              <span className="font-medium">{investorName}</span>, {reference} of {callTitle}:{' '}
              {formatMoney(outstanding, currency)} outstanding
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function Actions({ receipt, onMatch, onIgnore }: { receipt: ReceiptView; onMatch(): void; onIgnore(): void }) {
  const { user, may } = useSession()
  const { id, version, state, bankReference, owner } = receipt
  const assign = useMoneyRequest(
    (keyed: Parameters<typeof postAssign>[1]) => postAssign(id, keyed),
    () => 'You look at it',
  )
  const takeBack = useMoneyRequest(
    (keyed: Parameters<typeof postIgnore>[1]) => postIgnore(id, keyed),
    () => 'The receipt is in the inbox again',
  )
  if (!may('payment:record')) return null
  const refusal = assign.refusal ?? takeBack.refusal
  return (
    <>
      {refusal ? (
        <p role="alert" className="text-bad">
          {refusal}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {state === 'PROPOSED' || state === 'UNMATCHED' ? (
          <>
            <Button
              size="sm"
              kind="primary"
              onClick={onMatch}
              aria-label={`${state === 'PROPOSED' ? 'Confirm or change' : 'Match'} receipt ${bankReference}`}
            >
              {state === 'PROPOSED' ? 'Confirm or change' : 'Match'}
            </Button>
            {user && owner?.id !== user.id ? (
              <Button
                size="sm"
                disabled={assign.busy}
                aria-label={`I look at it: receipt ${bankReference}`}
                onClick={() => assign.send({ version, ownerId: user.id })}
              >
                I look at it
              </Button>
            ) : null}
            <Button size="sm" kind="ghost" onClick={onIgnore} aria-label={`Ignore receipt ${bankReference}`}>
              Ignore
            </Button>
          </>
        ) : null}
        {state === 'IGNORED' ? (
          <Button
            size="sm"
            disabled={takeBack.busy}
            aria-label={`Take receipt ${bankReference} into the inbox`}
            onClick={() => takeBack.send({ version, note: null })}
          >
            Into the inbox
          </Button>
        ) : null}
      </div>
    </>
  )
}
