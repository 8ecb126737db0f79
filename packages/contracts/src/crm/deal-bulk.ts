// One wish about many deals.
import * as z from 'zod'
import { dateOnly, id, line } from '../common.ts'
import { dealPriorities, dealStages, tag } from './deals.ts'

const change = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('move'), stage: z.enum(dealStages), lostReason: line(500).optional() }),
  z.strictObject({ action: z.literal('assign'), ownerId: id.nullable() }),
  z.strictObject({ action: z.literal('prioritise'), priority: z.enum(dealPriorities) }),
  z.strictObject({ action: z.literal('expect'), expectedCloseDate: dateOnly.nullable() }),
  z.strictObject({ action: z.literal('tag'), add: z.array(tag).max(10), remove: z.array(tag).max(10) }),
])
export type BulkChange = z.infer<typeof change>

/** As many deals as one wish may be about. */
export const mostBulkDeals = 1000
const ids = z.array(id).min(1).max(mostBulkDeals)
export const bulkUpdateDeals = z.strictObject({ ids, change }).meta({ id: 'BulkUpdateDeals' })
export type BulkUpdateDeals = z.infer<typeof bulkUpdateDeals>
export const bulkDeleteDeals = z.strictObject({ ids }).meta({ id: 'BulkDeleteDeals' })
export type BulkDeleteDeals = z.infer<typeof bulkDeleteDeals>

/** `not_found` is also what another firm's deal is. */
export const skipReasons = [
  'not_found',
  'not_yours',
  'already_so',
  'illegal_transition',
  'held',
  'changed_since',
] as const
export type SkipReason = (typeof skipReasons)[number]

export const bulkResult = z
  .object({
    /** For `undo`; null when nothing was changed. */
    batchId: id.nullable(),
    updated: z.array(id),
    skipped: z.array(z.object({ id, reason: z.enum(skipReasons) })),
  })
  .meta({ id: 'BulkResult' })
export type BulkResult = z.infer<typeof bulkResult>
