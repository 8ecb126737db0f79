import { Field, Input, Select } from '@throughline/ui'
import { isPeriodName, periodLabels } from './periods.ts'
import type { ReportChoices } from './use-report-choices.ts'

/** Which days, and whose deals. */
export function ReportPicker({ choices }: { choices: ReportChoices }) {
  const { name, period, from, to, mine, set } = choices
  const choose = (chosen: string) =>
    set(chosen === 'custom' ? { period: chosen, from, to } : { period: chosen, from: '', to: '' })
  return (
    <search aria-label="Report" className="mb-6 grid gap-3 sm:grid-cols-2 lg:grid-cols-[14rem_12rem_11rem_11rem]">
      <Field label="Period">
        {(ids) => (
          <Select
            {...ids}
            value={name}
            onChange={(event) => isPeriodName(event.target.value) && choose(event.target.value)}
          >
            {Object.entries(periodLabels).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Deals of">
        {(ids) => (
          <Select {...ids} value={mine ? 'true' : ''} onChange={(event) => set({ mine: event.target.value })}>
            <option value="">Everybody</option>
            <option value="true">Me</option>
          </Select>
        )}
      </Field>
      {name === 'custom' ? (
        <>
          <Field label="First day">
            {(ids) => (
              <Input {...ids} type="date" value={from} onChange={(event) => set({ from: event.target.value })} />
            )}
          </Field>
          <Field label="Last day" error={period ? undefined : 'Must not be before the first day.'}>
            {(ids) => <Input {...ids} type="date" value={to} onChange={(event) => set({ to: event.target.value })} />}
          </Field>
        </>
      ) : null}
    </search>
  )
}
