// A filter in words, a chip a wish.
import { dealPriorities } from '@throughline/contracts'
import { formatDay, formatNumber } from '@throughline/ui'
import type { Changes, DealParams, FilterName } from './deal-query.ts'
import { only } from './deal-query.ts'
import { priorityLabels } from './stages.ts'

export interface FilterChip {
  key: string
  label: string
  /** What takes it away. */
  without: Changes
}

export interface FilterNames {
  ownId: string | undefined
  member(id: string): string | undefined
  stage(stage: string): string
}

const day = (text: string): string => formatDay(text)
const figure = (text: string): string => formatNumber(Number(text))
const same = (text: string): string => text

interface Range {
  label: string
  from: FilterName
  to: FilterName
  show(text: string): string
}
const ranges: readonly Range[] = [
  // A value is shown as it was typed: it may have more digits than a float can hold.
  { label: 'Value', from: 'valueMin', to: 'valueMax', show: same },
  { label: 'Score', from: 'scoreMin', to: 'scoreMax', show: figure },
  { label: 'Close date', from: 'closeFrom', to: 'closeTo', show: day },
  { label: 'Created', from: 'createdFrom', to: 'createdTo', show: day },
  { label: 'Closed', from: 'closedFrom', to: 'closedTo', show: day },
]
const entriesOf = (stage: FilterNames['stage']): readonly Range[] => [
  { label: `Came to ${stage('QUALIFIED')}`, from: 'qualifiedFrom', to: 'qualifiedTo', show: day },
  { label: `Came to ${stage('NEGOTIATION')}`, from: 'negotiatedFrom', to: 'negotiatedTo', show: day },
]

function rangeChip(params: DealParams, { label, from, to, show }: Range): FilterChip[] {
  const [low, high] = [only(params, from), only(params, to)]
  if (low === '' && high === '') return []
  const words = low && high ? `${show(low)} – ${show(high)}` : low ? `from ${show(low)}` : `up to ${show(high)}`
  return [{ key: from, label: `${label}: ${words}`, without: { [from]: null, [to]: null } }]
}

const priorityWord = (text: string): string => {
  const known = dealPriorities.find((priority) => priority === text)
  return known ? priorityLabels[known] : text
}

/** Chips in the order of the bar. */
export function chipsOf(params: DealParams, names: FilterNames): FilterChip[] {
  const ownerWord = (id: string) => (id === names.ownId ? 'me' : (names.member(id) ?? 'somebody'))
  const each = (name: FilterName, words: (value: string) => string): FilterChip[] =>
    (params[name] ?? []).map((value) => ({
      key: `${name}-${value}`,
      label: words(value),
      without: { [name]: (params[name] ?? []).filter((other) => other !== value) },
    }))
  return [
    ...each('q', (text) => `“${text}”`),
    ...each('stage', names.stage),
    ...each('ownerId', (id) => `Owner: ${ownerWord(id)}`),
    ...each('unowned', () => "Nobody's"),
    ...each('priority', (text) => `Priority: ${priorityWord(text)}`),
    ...each('leadSource', (text) => `Source: ${text}`),
    ...each('tag', (text) => `#${text}`),
    ...each('currency', (text) => `In ${text}`),
    ...each('unsourced', () => 'Source not known'),
    ...each('undated', () => 'No close date'),
    ...each('reached', (text) => `Reached ${names.stage(text)}`),
    ...each('wasIn', (text) => `Was in ${names.stage(text)}`),
    ...each('lostReason', (text) => `Lost: ${text}`),
    ...[...ranges, ...entriesOf(names.stage)].flatMap((range) => rangeChip(params, range)),
    ...each('companyId', () => 'One company'),
    ...each('contactId', () => 'One contact'),
    ...each('custom', (text) => text.replace(':', ': ')),
    ...each('deleted', () => 'In the trash'),
  ]
}
