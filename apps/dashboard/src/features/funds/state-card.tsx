'use client'
import type { FundView } from '@throughline/contracts'
import { Button, Card, Field, Input } from '@throughline/ui'
import { useState } from 'react'
import { textOf } from '../records/form-lists.ts'
import { FormDialog } from './form-dialog.tsx'
import { postFundState } from './funds.api.ts'

/** The end of a fund, and the way back from it. */
export function StateCard({ fund }: { fund: FundView }) {
  const [asking, setAsking] = useState(false)
  const isOpen = fund.state === 'OPEN'
  const act = isOpen ? 'Close fund' : 'Reopen fund'
  return (
    <Card className="flex flex-wrap items-center justify-between gap-4 p-4 sm:p-6">
      <p className="text-muted text-sm">
        {isOpen
          ? 'Nothing new is promised in a closed fund. It can be closed once nobody owes it money and nothing is prepaid.'
          : 'The fund is closed: its commitments stay as they are.'}
      </p>
      <Button onClick={() => setAsking(true)}>{act}</Button>
      {asking ? (
        <FormDialog
          title={`${act}?`}
          submit={act}
          thing="this fund"
          fields={() => (
            <Field label="Reason">{(ids) => <Input {...ids} name="reason" required maxLength={500} />}</Field>
          )}
          read={(form) => ({ reason: textOf(form, 'reason') })}
          send={(body, key) => postFundState(fund, isOpen ? 'close' : 'reopen', body, key)}
          done={({ name, state }) => `${name} is ${state.toLowerCase()}`}
          stale={['funds', 'fund']}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Card>
  )
}
