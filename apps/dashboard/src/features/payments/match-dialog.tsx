'use client'
import type { ReceiptView } from '@throughline/contracts'
import { Alert, Button, Dialog, Field, formatMoney, Input, type Picked } from '@throughline/ui'
import { Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { basisWords } from './payment-words.ts'
import { postMatch } from './payments.api.ts'
import { destinationOf, lineTarget, TargetPicker } from './target-picker.tsx'
import { amountOf, isConfirmed, TypedAmount } from './typed-amount.tsx'
import { useMoneyRequest } from './use-money-request.ts'

interface Part {
  key: number
  target: Picked | null
  amount: string
}

/** What the rules propose, as it would be written by hand: each line what it asks for. */
function proposedParts({ proposed, amount }: ReceiptView): Part[] {
  if (proposed.length === 0) return [{ key: 0, target: null, amount }]
  return proposed.map((line, key) => ({
    key,
    target: lineTarget(line),
    amount: proposed.length === 1 ? amount : line.outstanding,
  }))
}

/** A person says what a receipt is for: one line, several, or in advance. */
export function MatchDialog({ receipt, onClose }: { receipt: ReceiptView; onClose(): void }) {
  const { id, version, fundId, currency } = receipt
  const [parts, setParts] = useState(() => proposedParts(receipt))
  const [typed, setTyped] = useState('')
  const { send, busy, refusal } = useMoneyRequest(
    (keyed: Parameters<typeof postMatch>[1]) => postMatch(id, keyed),
    () => {
      onClose()
      return `${formatMoney(receipt.amount, currency)} is matched`
    },
  )
  const edit = (key: number, change: Partial<Part>) =>
    setParts((before) => before.map((part) => (part.key === key ? { ...part, ...change } : part)))
  const given = parts.flatMap(({ target, amount }) => {
    const exact = amountOf(amount)
    return target && exact ? [{ ...destinationOf(target), amount: exact }] : []
  })
  const ready = given.length === parts.length && isConfirmed(typed, receipt.amount)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) send({ version, parts: given })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Match ${formatMoney(receipt.amount, currency)}`}
      description={`${basisWords[receipt.basis]}${receipt.confidence > 0 ? ` a line; ${receipt.confidence}% sure` : ''}.`}
    >
      <form onSubmit={submit} className="grid gap-4" noValidate>
        {refusal ? <Alert>{refusal}</Alert> : null}
        {parts.map(({ key, target, amount }, index) => (
          <fieldset key={key} className="grid gap-3 rounded-xl border border-line p-3">
            <legend className="sr-only">Part {index + 1}</legend>
            <TargetPicker
              fund={{ fundId, currency }}
              label={parts.length === 1 ? 'For' : `Part ${index + 1} for`}
              value={target}
              onChange={(next) => edit(key, { target: next })}
            />
            <div className="flex items-end gap-2">
              <Field label={`Amount in ${currency}`} className="flex-1">
                {(ids) => (
                  <Input
                    {...ids}
                    inputMode="decimal"
                    value={amount}
                    onChange={({ target: { value } }) => edit(key, { amount: value })}
                  />
                )}
              </Field>
              {parts.length > 1 ? (
                <Button
                  kind="ghost"
                  size="icon"
                  aria-label={`Remove part ${index + 1}`}
                  onClick={() => setParts((before) => before.filter((part) => part.key !== key))}
                >
                  <X aria-hidden />
                </Button>
              ) : null}
            </div>
          </fieldset>
        ))}
        <Button
          size="sm"
          className="justify-self-start"
          onClick={() =>
            setParts((before) => [
              ...before,
              { key: Math.max(...before.map(({ key }) => key)) + 1, target: null, amount: '' },
            ])
          }
        >
          <Plus aria-hidden /> Split
        </Button>
        <TypedAmount amount={receipt.amount} currency={currency} value={typed} onChange={setTyped} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" disabled={!ready || busy}>
            {busy ? 'Matching…' : 'Match receipt'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
