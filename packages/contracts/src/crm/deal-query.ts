// What can be asked of deals: the same filter for list, board, calendar, export, saved views and bulk.
import * as z from 'zod'
import { currency, dateOnly, id, listOf, money, pageQuery } from '../common.ts'
import { type customKey, dealPriorities, dealStages, openStages, tag } from './deals.ts'

/** `field:value`, where the field is the key of a custom field. */
const customFilter = z.string().regex(/^[a-z][a-z0-9_]{0,39}:.{1,200}$/s, 'must be like industry:software')
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** The open stages that a deal may come to; it begins in any. */
export const passedStages = ['QUALIFIED', 'NEGOTIATION'] as const

export const dealFilterShape = {
  q: z.string().trim().max(200).optional(),
  stage: listOf(z.enum(dealStages)),
  priority: listOf(z.enum(dealPriorities)),
  ownerId: listOf(id),
  /** Deals that are nobody's. */
  unowned: flag.optional(),
  companyId: id.optional(),
  contactId: id.optional(),
  /** As it was written, also with blanks at its ends. */
  leadSource: listOf(z.string().min(1).max(80)),
  /** Deals whose source is not known. */
  unsourced: flag.optional(),
  tag: listOf(tag),
  currency: currency.optional(),
  valueMin: money.optional(),
  valueMax: money.optional(),
  scoreMin: z.coerce.number().int().min(0).max(100).optional(),
  scoreMax: z.coerce.number().int().min(0).max(100).optional(),
  closeFrom: dateOnly.optional(),
  closeTo: dateOnly.optional(),
  /** Deals without an expected close date. */
  undated: flag.optional(),
  /** Days in the firm's time zone, both included. */
  createdFrom: dateOnly.optional(),
  createdTo: dateOnly.optional(),
  closedFrom: dateOnly.optional(),
  closedTo: dateOnly.optional(),
  /** When a deal first came to the stage, or beyond it: skipping a stage counts as passing it. */
  qualifiedFrom: dateOnly.optional(),
  qualifiedTo: dateOnly.optional(),
  negotiatedFrom: dateOnly.optional(),
  negotiatedTo: dateOnly.optional(),
  /** Deals that ever came to the stage, or beyond it; those that were lost later are in it. */
  reached: z.enum(passedStages).optional(),
  /** Deals that have been in the stage itself, by their history. */
  wasIn: z.enum(openStages).optional(),
  /** Told apart by the first 120 characters, as in the statistics. */
  lostReason: listOf(z.string().min(1).max(500)),
  custom: listOf(customFilter),
  /** The trash instead of the living. */
  deleted: flag.optional(),
}
export const dealFilter = z.strictObject(dealFilterShape)
export type DealFilter = z.infer<typeof dealFilter>

/** Each has its natural direction: newest, largest, best, next to close, last changed first. */
export const dealSorts = ['newest', 'value', 'score', 'closeDate', 'updated'] as const
export type DealSort = (typeof dealSorts)[number]

export const listDeals = pageQuery.extend({
  ...dealFilterShape,
  sort: z.enum(dealSorts).default('newest'),
  /** The other way round. */
  reverse: flag.default(false),
})
export type ListDeals = z.infer<typeof listDeals>

export const boardQuery = z.strictObject({
  ...dealFilterShape,
  limit: z.coerce.number().int().min(1).max(50).default(20),
  sort: z.enum(dealSorts).default('newest'),
})
export type BoardQuery = z.infer<typeof boardQuery>

/** A filter as a client keeps it in a saved view: what a query string would say, unread. */
export const customKeyOf = (filter: string): z.infer<typeof customKey> => filter.slice(0, filter.indexOf(':'))
