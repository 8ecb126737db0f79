// Saved views: filter, sort, columns and layout of the deal desk under a name.
import * as z from 'zod'
import { id, instant, line, version } from '../common.ts'
import { customKey } from './deals.ts'

export const viewLayouts = ['list', 'board', 'calendar'] as const
export type ViewLayout = (typeof viewLayouts)[number]

/** The columns that a list of deals can show beside custom fields, which are `custom.<key>`. */
export const dealColumns = [
  'title',
  'company',
  'contact',
  'stage',
  'value',
  'priority',
  'probability',
  'owner',
  'leadScore',
  'leadSource',
  'expectedCloseDate',
  'stageEnteredAt',
  'closedAt',
  'lostReason',
  'tags',
  'notes',
  'createdAt',
  'updatedAt',
] as const
export type DealColumn = (typeof dealColumns)[number]
export const customColumn = (key: string): string => `custom.${key}`
/** The key of the custom field that a column shows; undefined for a column of every deal. */
export const keyOfColumn = (column: string): string | undefined =>
  column.startsWith('custom.') ? column.slice('custom.'.length) : undefined

const knownColumns: readonly string[] = dealColumns
const isColumn = (column: string): boolean => {
  const key = keyOfColumn(column)
  return key === undefined ? knownColumns.includes(column) : customKey.safeParse(key).success
}
const column = z.string().max(60).refine(isColumn, 'must be a column of deals, or custom.<key>')
const queryText = z.string().max(300)

/** A filter as a query string would say it; `dealFilter` reads it. */
export const viewFilter = z.record(z.string().max(40), z.union([queryText, z.array(queryText).max(50)]))
export type ViewFilter = z.infer<typeof viewFilter>

export const viewDefinition = z.object({
  filter: viewFilter,
  /** One of `dealSorts`. */
  sort: z.string().max(40),
  reverse: z.boolean(),
  columns: z.array(z.string().max(60)).max(40),
  layout: z.enum(viewLayouts),
})
export type ViewDefinition = z.infer<typeof viewDefinition>

/** What may be saved; the filter and the sort are checked against `deal-query.ts` by the rules. */
const definition = z.strictObject({
  ...viewDefinition.shape,
  filter: viewFilter.default({}),
  sort: z.string().max(40).default('newest'),
  reverse: z.boolean().default(false),
  columns: z.array(column).max(40).default([]),
  layout: z.enum(viewLayouts).default('list'),
})

export const viewWarning = z.object({
  /** The part that is left out: `filter.custom`, `columns`, `sort`. */
  part: z.string(),
  message: z.string(),
})
export type ViewWarning = z.infer<typeof viewWarning>

export const savedView = z
  .object({
    id,
    name: z.string(),
    shared: z.boolean(),
    owner: z.object({ id, name: z.string() }),
    /** As it was saved. */
    definition: viewDefinition,
    /** As it can be opened now: the same without what the warnings are about. */
    usable: viewDefinition,
    warnings: z.array(viewWarning),
    version,
    updatedAt: instant,
  })
  .meta({ id: 'SavedView' })
export type SavedView = z.infer<typeof savedView>
/** One's own in one's own order, then those that others share, by name. */
export const savedViewList = z.object({ data: z.array(savedView) }).meta({ id: 'SavedViewList' })

/** Of one person. */
export const maxViews = 100

export const createView = z
  .strictObject({ name: line(80), shared: z.boolean().default(false), definition })
  .meta({ id: 'CreateView' })
export type CreateView = z.infer<typeof createView>
export const updateView = z
  .strictObject({ name: line(80), shared: z.boolean(), definition, version })
  .partial()
  .meta({ id: 'UpdateView' })
export type UpdateView = z.infer<typeof updateView>
export const orderViews = z.strictObject({ ids: z.array(id).min(1).max(maxViews) }).meta({ id: 'OrderViews' })
