'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FundView } from '@throughline/contracts'
import { Alert, Button, Card, Field, Input, issueAt, toast, useSession } from '@throughline/ui'
import { type FormEvent, type ReactNode, useState } from 'react'
import { BankCard } from '../investors/bank-card.tsx'
import { textOf } from '../records/form-lists.ts'
import { refusalOf } from '../settings/refusal.ts'
import { patchFund, putWire, readWire } from './funds.api.ts'
import { StateCard } from './state-card.tsx'
import { CallTerms, ProfitTerms } from './terms-fields.tsx'
import { type ReadTerms, type TermErrors, termsOf } from './terms-of-form.ts'
import { useFund } from './use-fund.ts'

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="grid gap-4">
    <h2 className="font-semibold text-lg">{title}</h2>
    {children}
  </section>
)

function TermsForm({ fund, editable }: { fund: FundView; editable: boolean }) {
  const client = useQueryClient()
  const [wrong, setWrong] = useState<ReadTerms['wrong']>(new Map())
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: patchFund,
    onSuccess: () => toast.success('Saved'),
    onSettled: () => Promise.all(['funds', 'fund'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const { terms, wrong: unread } = termsOf(form)
    setWrong(unread)
    if (!terms) return
    const { id, version } = fund
    mutate({ id, version, terms, name: textOf(form, 'name'), legalName: textOf(form, 'legalName') })
  }
  const errors: TermErrors = (way) => wrong.get(way) ?? issueAt(error, `terms.${way}`)
  const forget = () => {
    setWrong(new Map())
    reset()
  }
  const text = (name: 'name' | 'legalName', label: string, max: number) => (
    <Field label={label} error={issueAt(error, name)}>
      {(ids) => <Input {...ids} key={fund[name]} name={name} defaultValue={fund[name]} required maxLength={max} />}
    </Field>
  )
  return (
    <Card className="p-4 sm:p-6">
      <form onSubmit={submit} className="grid gap-8">
        <fieldset disabled={!editable} className="grid gap-8">
          <legend className="sr-only">Terms of the fund</legend>
          <div className="grid gap-4 sm:grid-cols-2">
            {text('name', 'Name', 120)}
            {text('legalName', 'Legal name', 200)}
          </div>
          <Section title="Fees and profit">
            <ProfitTerms terms={fund.terms} errors={errors} onCount={forget} />
          </Section>
          <Section title="Calls">
            <CallTerms terms={fund.terms} errors={errors} onCount={forget} />
          </Section>
        </fieldset>
        {wrong.size > 0 ? (
          <Alert>{`Not saved: ${wrong.size === 1 ? 'a field above needs' : `${wrong.size} fields above need`} another look.`}</Alert>
        ) : error ? (
          <Alert>{refusalOf(error, 'this fund')}</Alert>
        ) : null}
        {editable ? (
          <Button kind="primary" type="submit" disabled={isPending} className="justify-self-start">
            Save terms
          </Button>
        ) : (
          <p className="text-muted text-sm">Managers of your firm change the terms.</p>
        )}
      </form>
    </Card>
  )
}

/** What was agreed on for the fund, where investors pay to, and its end. */
export function TermsScreen({ fundId }: { fundId: string }) {
  const { may } = useSession()
  const { data: fund } = useFund(fundId)
  if (!fund) return null
  return (
    <div className="grid gap-6">
      <TermsForm fund={fund} editable={may('fund:update')} />
      <BankCard
        title="Wire details"
        about="Where investors pay to. Notices show them behind a link; here only the last characters are shown."
        mask={fund.wireMask}
        version={fund.version}
        save={(body) => putWire(fundId, body)}
        reveal={() => readWire(fundId)}
        stale={['fund']}
      />
      {may('fund:update') ? <StateCard fund={fund} /> : null}
    </div>
  )
}
