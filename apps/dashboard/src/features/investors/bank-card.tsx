'use client'
import { useMutation } from '@tanstack/react-query'
import type { BankAccount, SetBankAccount } from '@throughline/contracts'
import {
  Alert,
  Button,
  Card,
  Fact,
  FactList,
  Field,
  Input,
  issueAt,
  messageOf,
  Textarea,
  useSession,
} from '@throughline/ui'
import { useState } from 'react'
import { FormDialog } from '../funds/form-dialog.tsx'
import { textOf } from '../records/form-lists.ts'

interface BankCardProps {
  title: string
  about: string
  mask: string | null
  version: number
  save(body: SetBankAccount): Promise<unknown>
  reveal(): Promise<{ account: BankAccount | null }>
  stale: readonly string[]
}

const accountOf = (form: FormData): BankAccount => ({
  ...{ holder: textOf(form, 'holder'), bank: textOf(form, 'bank'), account: textOf(form, 'account') },
  ...{ bic: textOf(form, 'bic') || null, routing: textOf(form, 'routing'), note: textOf(form, 'note') },
})

const text = (error: unknown, name: keyof BankAccount, label: string, max: number, required = false) => (
  <Field label={label} error={issueAt(error, `account.${name}`)}>
    {(ids) => <Input {...ids} name={name} maxLength={max} required={required} autoComplete="off" />}
  </Field>
)

const AccountFields = ({ error }: { error: unknown }) => (
  <>
    {text(error, 'holder', 'Account holder', 200, true)}
    {text(error, 'bank', 'Bank', 200, true)}
    {text(error, 'account', 'IBAN or account number', 60, true)}
    <div className="grid gap-4 sm:grid-cols-2">
      {text(error, 'bic', 'BIC', 11)}
      {text(error, 'routing', 'Sort code or routing number', 40)}
    </div>
    <Field label="Note">{(ids) => <Textarea {...ids} name="note" maxLength={500} />}</Field>
  </>
)

const Whole = ({ account }: { account: BankAccount }) => (
  <FactList>
    <Fact name="Holder">{account.holder}</Fact>
    <Fact name="Bank">{account.bank}</Fact>
    <Fact name="Account">
      <span className="font-mono">{account.account}</span>
    </Fact>
    {account.bic ? <Fact name="BIC">{account.bic}</Fact> : null}
    {account.routing ? <Fact name="Routing">{account.routing}</Fact> : null}
    {account.note ? <Fact name="Note">{account.note}</Fact> : null}
  </FactList>
)

/** An account at a bank: a mask for everybody; whole for admins who ask for it, which is written down. */
export function BankCard({ title, about, mask, version, save, reveal, stale }: BankCardProps) {
  const { may } = useSession()
  const [editing, setEditing] = useState(false)
  // Held here alone and not in the cache of queries: it goes with the page.
  const { mutate, data, error, isPending, reset } = useMutation({ mutationFn: reveal, gcTime: 0 })
  return (
    <Card className="grid gap-4 p-4 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="font-semibold text-lg">{title}</h2>
          <p className="mt-1 text-muted text-sm">{about}</p>
        </div>
        {may('investor:bank') ? (
          <div className="flex flex-wrap gap-2">
            {mask ? (
              <Button onClick={() => (data ? reset() : mutate())} disabled={isPending}>
                {data ? 'Hide' : 'Show all of it'}
              </Button>
            ) : null}
            <Button onClick={() => setEditing(true)}>{mask ? 'Replace' : 'Set account'}</Button>
          </div>
        ) : null}
      </div>
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      {data?.account ? (
        <Whole account={data.account} />
      ) : (
        <p className="font-mono text-sm">{mask ?? 'None is known.'}</p>
      )}
      {editing ? (
        <FormDialog
          title={title}
          description="What is known now is replaced as a whole."
          submit="Save account"
          thing="this account"
          fields={(refusal) => <AccountFields error={refusal} />}
          read={(form) => ({ account: accountOf(form), version })}
          send={save}
          done={() => 'The account is saved'}
          stale={stale}
          onClose={() => setEditing(false)}
          onDone={reset}
        />
      ) : null}
    </Card>
  )
}
