'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SettingsView, settingsView, type UpdateSettings } from '@throughline/contracts'
import {
  Alert,
  apiFetch,
  Button,
  Card,
  Checkbox,
  ErrorState,
  Field,
  Input,
  messageOf,
  Select,
  Skeleton,
  Textarea,
  toast,
  useSession,
} from '@throughline/ui'
import { type FormEvent, useId, useMemo } from 'react'
import { KnowledgeCard } from './knowledge-card.tsx'

const currencies = ['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD', 'SEK', 'NOK', 'DKK']

/** Whose deals a member sees; everybody else sees all of them either way. */
function WhatMembersSee({ all }: { all: boolean }) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <Checkbox id={id} name="membersSeeAll" defaultChecked={all} aria-describedby={`${id}-hint`} className="mt-1" />
      <div className="grid gap-0.5">
        <label htmlFor={id} className="font-medium text-sm">
          Members see all deals
        </label>
        <p id={`${id}-hint`} className="text-muted text-sm">
          Otherwise a member sees only the deals that are their own, in lists, search, reports and exports alike.
        </p>
      </div>
    </div>
  )
}

function FirmForm({ settings, editable }: { settings: SettingsView; editable: boolean }) {
  const client = useQueryClient()
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], [])
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: UpdateSettings) =>
      apiFetch('/tenant/v1/settings', { method: 'PATCH', body, ifMatch: settings.version, schema: settingsView }),
    onSuccess: () => toast.success('Saved'),
    onSettled: () => Promise.all(['settings', 'session'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '')
    mutate({
      name: text('name'),
      timezone: text('timezone'),
      currency: text('currency'),
      brandVoice: text('brandVoice'),
      membersSeeAll: form.has('membersSeeAll'),
    })
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      <fieldset disabled={!editable} className="grid gap-4">
        <Field label="Firm">
          {(ids) => <Input {...ids} name="name" defaultValue={settings.name} required maxLength={120} />}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Time zone">
            {(ids) => (
              <Select {...ids} name="timezone" defaultValue={settings.timezone}>
                {zones.map((zone) => (
                  <option key={zone}>{zone}</option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Currency">
            {(ids) => (
              <Select {...ids} name="currency" defaultValue={settings.currency}>
                {[...new Set([settings.currency, ...currencies])].map((currency) => (
                  <option key={currency}>{currency}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Field label="Brand voice" hint="Agents write in this voice; reviewers read it beside each draft.">
          {(ids) => (
            <Textarea
              {...ids}
              name="brandVoice"
              defaultValue={settings.brandVoice}
              maxLength={4000}
              className="min-h-36"
            />
          )}
        </Field>
        <WhatMembersSee all={settings.membersSeeAll} />
      </fieldset>
      {editable ? (
        <Button kind="primary" type="submit" disabled={isPending} className="justify-self-end">
          Save changes
        </Button>
      ) : (
        <p className="text-muted text-sm">Owners and admins change these.</p>
      )}
    </form>
  )
}

/** The firm, and what its agents know. */
export function SettingsScreen() {
  const { may } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => apiFetch('/tenant/v1/settings', { schema: settingsView, signal }),
  })
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card className="p-5">
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {data ? <FirmForm key={data.version} settings={data} editable={may('settings:update')} /> : null}
        {!data && !error ? <Skeleton className="h-80" /> : null}
      </Card>
      <KnowledgeCard editable={may('knowledge:update')} />
    </div>
  )
}
