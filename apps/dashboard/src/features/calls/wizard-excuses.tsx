'use client'
import type { CapitalCallMatrix } from '@throughline/contracts'
import { Card, Checkbox, Field, Input } from '@throughline/ui'
import { useMemo, useState } from 'react'
import { type WizardComponent, type WizardDraft, withExcuse, withParticipant } from './wizard-draft.ts'

/** So many are drawn; a search leads to the others. */
const shown = 50

interface Investor {
  id: string
  name: string
  code: string
}

/** Everybody who can be called. */
export function investorsOf({ lines, excluded }: CapitalCallMatrix): Investor[] {
  const all = [...lines, ...excluded.filter(({ reason }) => reason === 'excused' || reason === 'not_in_base')]
  const byId = new Map(all.map(({ investorId, name, code }) => [investorId, { id: investorId, name, code }]))
  return [...byId.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

interface StepProps {
  draft: WizardDraft
  matrix: CapitalCallMatrix
  onChange(draft: WizardDraft): void
}

const concerns = (id: string, { participants, excused }: WizardComponent): boolean =>
  participants ? participants.includes(id) : id in excused

/** Step 2: who takes part in a component: all but those excused, or those chosen for a co-investment alone. */
export function ExcusesStep({ draft, matrix, onChange }: StepProps) {
  const [typed, setTyped] = useState('')
  const investors = useMemo(() => investorsOf(matrix), [matrix])
  const wanted = typed.trim().toLowerCase()
  const isNamed = (id: string) => draft.components.some((component) => concerns(id, component))
  const found = investors
    .filter(({ name, code }) => `${name} ${code}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(isNamed(b.id)) - Number(isNamed(a.id)))
  return (
    <div className="grid gap-4">
      <Field
        label="Find an investor"
        hint="Most calls excuse nobody. What somebody takes no part in is never caught up."
      >
        {(ids) => <Input {...ids} type="search" value={typed} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
      <Card>
        <ul aria-label="Investors" className="divide-y divide-line">
          {found.slice(0, shown).map((investor) => (
            <li key={investor.id} className="grid gap-2 p-3">
              <p className="text-sm">
                <span className="font-medium">{investor.name}</span>{' '}
                <span className="text-muted text-xs">{investor.code}</span>
              </p>
              {draft.components.map((component) =>
                component.participants ? (
                  <TakesPart key={component.key} {...{ draft, component, investor, onChange }} />
                ) : (
                  <Excused key={component.key} {...{ draft, component, investor, onChange }} />
                ),
              )}
            </li>
          ))}
        </ul>
        {found.length === 0 ? <p className="p-6 text-center text-muted text-sm">Nobody is called like that.</p> : null}
        {found.length > shown ? (
          <p className="border-line border-t p-3 text-center text-muted text-sm">
            {found.length - shown} more: type a part of the name.
          </p>
        ) : null}
      </Card>
    </div>
  )
}

interface PartProps {
  draft: WizardDraft
  component: WizardComponent
  investor: Investor
  onChange(draft: WizardDraft): void
}

function TakesPart({ draft, component: { key, label, participants }, investor, onChange }: PartProps) {
  const id = `${key}-${investor.id}`
  const set = (takesPart: boolean) =>
    onChange(withParticipant(draft, { investorId: investor.id, componentKey: key, takesPart }))
  return (
    <label htmlFor={id} className="flex items-center gap-2 text-sm">
      <Checkbox
        id={id}
        checked={participants?.includes(investor.id) ?? false}
        onChange={(event) => set(event.target.checked)}
      />
      Takes part in {label}
    </label>
  )
}

function Excused({ draft, component, investor, onChange }: PartProps) {
  const { key, label } = component
  const reason = component.excused[investor.id]
  const set = (next: string | null) =>
    onChange(withExcuse(draft, { investorId: investor.id, componentKey: key, reason: next }))
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <label htmlFor={`${key}-${investor.id}`} className="flex items-center gap-2">
        <Checkbox
          id={`${key}-${investor.id}`}
          checked={reason !== undefined}
          onChange={(event) => set(event.target.checked ? '' : null)}
        />
        Excused from {label}
      </label>
      {reason === undefined ? null : (
        <Input
          aria-label={`Why ${investor.name} is excused from ${label}`}
          placeholder="Why"
          maxLength={500}
          className="min-w-48 flex-1"
          value={reason}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </div>
  )
}

/** An excuse without a reason is none. */
export const excuseWithoutReason = ({ components }: WizardDraft): string | undefined =>
  components.some(({ excused }) => Object.values(excused).some((reason) => reason.trim() === ''))
    ? 'Say why each of them is excused.'
    : undefined
