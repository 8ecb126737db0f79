'use client'
import { Button, useSession } from '@throughline/ui'
import { Plus, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useFund } from '../funds/use-fund.ts'
import { Inbox } from './inbox.tsx'
import { PaymentsList } from './payments-list.tsx'
import { RecordDialog } from './record-dialog.tsx'
import { RefundDialog } from './refund-dialog.tsx'

/** Money that investors pay: what came in and has to be matched, and what was done with it. */
export function PaymentsScreen({ fundId }: { fundId: string }) {
  const { may } = useSession()
  const { data: fund } = useFund(fundId)
  const [dialog, setDialog] = useState<'record' | 'refund'>()
  const close = () => setDialog(undefined)
  return (
    <div className="grid gap-6">
      {fund && (may('payment:record') || may('payment:reverse')) ? (
        <div className="flex flex-wrap gap-2">
          {may('payment:record') ? (
            <Button kind="primary" onClick={() => setDialog('record')}>
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
      <Inbox fundId={fundId} />
      <PaymentsList fundId={fundId} />
      {fund && dialog === 'record' ? <RecordDialog fundId={fundId} currency={fund.currency} onClose={close} /> : null}
      {fund && dialog === 'refund' ? <RefundDialog fundId={fundId} currency={fund.currency} onClose={close} /> : null}
    </div>
  )
}
