import {
  type CustomFieldView,
  customColumn,
  type DealSort,
  type DealStage,
  type DealView,
} from '@throughline/contracts'
import { Avatar, Badge, formatDay, formatInstant, formatMoney } from '@throughline/ui'
import type { ReactNode } from 'react'
import { customWords } from '../custom-fields/field-words.ts'
import type { EditKind } from './deal-edits.ts'
import { daysSince } from './deal-words.ts'
import { isClosed, priorityLabels, priorityTones, stageTones } from './stages.ts'

/** Edited by typing, or chosen from a list. */
export type CellEdit = EditKind | 'priority' | 'owner'

/** What a cell needs to know besides its deal. */
export interface Said {
  timeZone: string | undefined
  stageName(stage: DealStage): string
}

export interface DealColumn {
  key: string
  header: string
  /** In pixels; the title takes what is left. */
  width: number
  sort?: DealSort
  edit?: CellEdit
  numeric?: boolean
  /** What it says, for a reader and a button's name. */
  words(deal: DealView, said: Said): string
  /** How it looks, where that is more than its words. */
  cell?(deal: DealView, said: Said): ReactNode
}

const dash = '–'
const day = (date: string | null): string => (date ? formatDay(date) : dash)

const Tags = ({ tags }: { tags: readonly string[] }) => (
  <span className="flex gap-1 overflow-hidden">
    {tags.map((each) => (
      <Badge key={each} tone="accent">
        {each}
      </Badge>
    ))}
  </span>
)

const ownColumns: readonly DealColumn[] = [
  { key: 'title', header: 'Deal', width: 230, edit: 'title', words: ({ title }) => title },
  { key: 'company', header: 'Company', width: 140, words: ({ company }) => company?.name ?? dash },
  { key: 'contact', header: 'Contact', width: 150, words: ({ contact }) => contact?.name ?? dash },
  {
    key: 'stage',
    header: 'Stage',
    width: 108,
    words: ({ stage }, said) => said.stageName(stage),
    cell: ({ stage }, said) => <Badge tone={stageTones[stage]}>{said.stageName(stage)}</Badge>,
  },
  {
    key: 'value',
    header: 'Value',
    width: 110,
    sort: 'value',
    edit: 'value',
    numeric: true,
    words: ({ value, currency }) => formatMoney(value, currency),
  },
  {
    key: 'priority',
    header: 'Priority',
    width: 92,
    edit: 'priority',
    words: ({ priority }) => priorityLabels[priority],
    cell: ({ priority }) => <Badge tone={priorityTones[priority]}>{priorityLabels[priority]}</Badge>,
  },
  {
    key: 'owner',
    header: 'Owner',
    width: 140,
    edit: 'owner',
    words: ({ owner }) => owner?.name ?? dash,
    cell: ({ owner }) =>
      owner ? (
        <span className="flex min-w-0 items-center gap-2">
          <Avatar name={owner.name} /> <span className="truncate">{owner.name}</span>
        </span>
      ) : (
        dash
      ),
  },
  {
    key: 'leadScore',
    header: 'Score',
    width: 76,
    sort: 'score',
    numeric: true,
    words: ({ leadScore }) => String(leadScore),
  },
  {
    key: 'expectedCloseDate',
    header: 'Close date',
    width: 120,
    sort: 'closeDate',
    edit: 'closeDate',
    words: ({ expectedCloseDate }) => day(expectedCloseDate),
  },
  {
    key: 'tags',
    header: 'Tags',
    width: 160,
    edit: 'tags',
    words: ({ tags }) => tags.join(', ') || dash,
    cell: ({ tags }) => (tags.length > 0 ? <Tags tags={tags} /> : dash),
  },
  { key: 'leadSource', header: 'Source', width: 120, edit: 'source', words: ({ leadSource }) => leadSource ?? dash },
  {
    key: 'probability',
    header: 'Probability',
    width: 110,
    edit: 'probability',
    numeric: true,
    words: ({ probability }) => (probability === null ? dash : `${probability}%`),
  },
  {
    key: 'stageEnteredAt',
    header: 'In stage',
    width: 96,
    numeric: true,
    words: ({ stage, stageEnteredAt }) => (isClosed(stage) ? dash : daysSince(stageEnteredAt)),
  },
  {
    key: 'closedAt',
    header: 'Closed',
    width: 176,
    words: ({ closedAt }, said) => (closedAt ? formatInstant(closedAt, said.timeZone) : dash),
  },
  { key: 'notes', header: 'Notes', width: 220, words: ({ notes }) => notes ?? dash },
  { key: 'lostReason', header: 'Lost because', width: 180, words: ({ lostReason }) => lostReason ?? dash },
  {
    key: 'createdAt',
    header: 'Created',
    width: 176,
    sort: 'newest',
    words: ({ createdAt }, said) => formatInstant(createdAt, said.timeZone),
  },
  {
    key: 'updatedAt',
    header: 'Changed',
    width: 176,
    sort: 'updated',
    words: ({ updatedAt }, said) => formatInstant(updatedAt, said.timeZone),
  },
]

export const usualColumns: readonly string[] = [
  'title',
  'company',
  'stage',
  'value',
  'priority',
  'owner',
  'leadScore',
  'expectedCloseDate',
  'createdAt',
]

/** Every column there is: those of every deal, then the fields that the firm made up. */
export const columnsWith = (fields: readonly CustomFieldView[]): DealColumn[] => [
  ...ownColumns,
  ...fields.map((field) => ({
    key: customColumn(field.key),
    header: field.label,
    width: 140,
    numeric: field.type === 'NUMBER',
    words: ({ custom }: DealView) => customWords(field, custom[field.key]),
  })),
]

/** Columns by their keys, in that order; the title is always first, what is not known is left out. */
export function columnsOf(all: readonly DealColumn[], keys: readonly string[]): DealColumn[] {
  const wanted = ['title', ...keys.filter((key) => key !== 'title')]
  return wanted.flatMap((key) => all.filter((column) => column.key === key))
}
