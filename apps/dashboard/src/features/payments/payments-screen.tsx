'use client'
import { Button, type Picked, useSession } from '@throughline/ui'
import { Plus, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useFund } from '../funds/use-fund.ts'
import { Inbox } from './inbox.tsx'
import { OwedList } from './owed-list.tsx'
import { PaymentsList } from './payments-list.tsx'
import { RecordDialog } from './record-dialog.tsx'
import { RefundDialog } from './refund-dialog.tsx'
import { owedTarget } from './target-picker.tsx'

/** Money that investors pay: what came in and has to be matched, and what was done with it. */
export function PaymentsScreen({ fundId }: { fundId: string }) {
  const { may } = useSession()
  const { data: fund } = useFund(fundId)
  const [dialog, setDialog] = useState<'record' | 'refund'>()
  const [target, setTarget] = useState<Picked>()
  const close = () => setDialog(undefined)
  const record = (chosen?: Picked) => {
    setTarget(chosen)
    setDialog('record')
  }
  return (
    <div className="grid gap-6">
      {fund && (may('payment:record') || may('payment:reverse')) ? (
        <div className="flex flex-wrap gap-2">
          {may('payment:record') ? (
            <Button kind="primary" onClick={() => record()}>
              <Plus aria-hidden /> Record a payment
            </Button>
          ) : null}
          {may('payment:reverse') ? (
            <Button onClick={() => setDialog('refund')}>
              <Undo2 aria-hidden /> Refund what is prepaid
            </Button>
          ) : null}
        </div>
      ) : null}
      {fund ? (
        <OwedList
          fundId={fundId}
          currency={fund.currency}
          onRecord={(payer) => record(owedTarget(payer, fund.currency))}
        />
      ) : null}
      <Inbox fundId={fundId} />
      <PaymentsList fundId={fundId} />
      {fund && dialog === 'record' ? <RecordDialog fund={fund} target={target} onClose={close} /> : null}
      {fund && dialog === 'refund' ? <RefundDialog fund={fund} onClose={close} /> : null}
    </div>
  )
}
