// What a deal says, field by field, and what changed between two versions of it.
import type { DealDetail, DealStage, DealView, UpdateDeal } from '@throughline/contracts'
import { formatDay, formatMoney, issueAt, messageOf } from '@throughline/ui'
import { priorityLabels } from './stages.ts'

type StageName = (stage: DealStage) => string

interface FieldWords {
  label: string
  /** Its name in a change; none for what has a way of its own to change. */
  change: keyof UpdateDeal | null
  show(deal: DealView, stageName: StageName): string
}

const none = 'nothing'
const fields: readonly FieldWords[] = [
  { label: 'Title', change: 'title', show: ({ title }) => title },
  { label: 'Stage', change: null, show: ({ stage }, stageName) => stageName(stage) },
  { label: 'Value', change: 'value', show: ({ value, currency }) => formatMoney(value, currency) },
  { label: 'Currency', change: 'currency', show: ({ currency }) => currency },
  { label: 'Priority', change: 'priority', show: ({ priority }) => priorityLabels[priority] },
  {
    label: 'Probability',
    change: 'probability',
    show: ({ probability }) => (probability === null ? 'that of its stage' : `${probability}%`),
  },
  { label: 'Owner', change: 'ownerId', show: ({ owner }) => owner?.name ?? 'nobody' },
  { label: 'Company', change: 'companyId', show: ({ company }) => company?.name ?? none },
  { label: 'Contact', change: 'contactId', show: ({ contact }) => contact?.name ?? 'nobody' },
  {
    label: 'Close date',
    change: 'expectedCloseDate',
    show: ({ expectedCloseDate: day }) => (day ? formatDay(day) : 'none'),
  },
  { label: 'Source', change: 'leadSource', show: ({ leadSource }) => leadSource ?? none },
  { label: 'Tags', change: 'tags', show: ({ tags }) => tags.join(', ') || none },
  { label: 'Notes', change: 'notes', show: ({ notes }) => notes ?? none },
  {
    label: 'Custom fields',
    change: 'custom',
    show: ({ custom }) =>
      Object.entries(custom)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', ') || none,
  },
]

export interface FieldChange {
  label: string
  before: string
  after: string
  /** Who made it what it is, where that is known. */
  by: string | undefined
}

/** Names by the field that they made what it is. */
export type ChangedBy = Readonly<Record<string, string>>

/** Fields that read differently, and whose doing that is. */
export const changedFields = (
  before: DealView,
  after: DealView,
  { stageName, changedBy }: { stageName: StageName; changedBy: ChangedBy },
): FieldChange[] =>
  fields
    .map(({ label, change, show }) => ({
      label,
      before: show(before, stageName),
      after: show(after, stageName),
      by: changedBy[change ?? 'stage'],
    }))
    .filter((field) => field.before !== field.after)

const same: StageName = (stage) => stage

/** Whether somebody else changed what this change is about as well; otherwise both can stand. */
export const collides = (changes: UpdateDeal, before: DealView, after: DealView): boolean =>
  fields.some(({ change, show }) => change !== null && change in changes && show(before, same) !== show(after, same))

/** Why a change was refused: what is wrong with its fields, where the API says so. */
export function refusalWords(error: unknown, changes: UpdateDeal = {}): string {
  const said = fields.flatMap(({ label, change }) => {
    const issue = change !== null && change in changes ? issueAt(error, change) : undefined
    return issue ? [`${label} ${issue}.`] : []
  })
  return said.join(' ') || messageOf(error)
}

const dayMs = 86_400_000
/** How long a deal stands in its stage: `today`, `1 day`, `12 days`. */
export function daysSince(at: string, until = new Date()): string {
  const days = Math.floor((until.getTime() - Date.parse(at)) / dayMs)
  if (days < 1) return 'today'
  return days === 1 ? '1 day' : `${days} days`
}

/** How long it stood in each stage that it has left, by the instant at which it left. */
export const staysOf = (history: DealDetail['history']): ReadonlyMap<string, string> =>
  new Map(
    history.flatMap(({ from, until }): [string, string][] => {
      if (until === null) return []
      const days = daysSince(from, new Date(until))
      return [[until, days === 'today' ? 'less than a day' : days]]
    }),
  )
