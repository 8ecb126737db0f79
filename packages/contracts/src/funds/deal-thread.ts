// The money of a deal, from the day it was won to what it is worth today.
import * as z from 'zod'
import { dateOnly, id, instant, pageOf, pageQuery } from '../common.ts'
import { ledgerEntryPage } from './books.ts'
import { ratioView } from './figures.ts'

/** What entries of the books add up to, of one deal in one fund. */
export const threadFigures = [
  'called',
  'received',
  'invested',
  'cost',
  'value',
  'returned',
  'gain',
  'distributed',
  'paid',
] as const
export type ThreadFigure = (typeof threadFigures)[number]

/** Which entries a number consists of: the query of `/deals/{dealId}/thread/entries`. */
const explanation = z.object({
  fundId: id,
  figure: z.enum(threadFigures),
  /** Of one call, mark, booking or distribution only. */
  sourceId: id.optional(),
  entryId: id.optional(),
  /** Of one day only. */
  on: dateOnly.optional(),
  /** Up to the end of a day. */
  through: dateOnly.optional(),
})
export type ThreadExplanation = z.infer<typeof explanation>
export const threadEntriesQuery = pageQuery.extend(explanation.shape)
export type ThreadEntriesQuery = z.infer<typeof threadEntriesQuery>
export const threadEntryPage = ledgerEntryPage

/** What can happen, in the order in which it stands on one day. */
export const threadEventKinds = [
  'created',
  'won',
  'reopened',
  'allocated',
  'co_invested',
  'called',
  'received',
  'invested',
  'income',
  'marked',
  'sold',
  'declared',
  'paid',
  'taken_back',
  'call_cancelled',
  'distribution_cancelled',
  'allocation_cancelled',
] as const
export type ThreadEventKind = (typeof threadEventKinds)[number]

export const threadEvent = z
  .object({
    /** Of what it is about: with the day and the kind it names the event. */
    id,
    /** The day that it belongs to; of the deal desk, in the firm's zone. */
    on: dateOnly,
    kind: z.enum(threadEventKinds),
    /** Null for what happened on the deal desk. */
    fundId: id.nullable(),
    /** Of a call or a distribution. */
    number: z.int().nullable(),
    title: z.string(),
    note: z.string(),
    /** This deal's part; a mark is what the holding is worth. Null where nothing is counted. */
    amount: z.string().nullable(),
    /** Of a call: the whole of it, for everything that it asks for. */
    whole: z.string().nullable(),
    /** Of a call: what of the deal's part was received up to now. */
    received: z.string().nullable(),
    currency: z.string(),
    source: z.object({
      kind: z.enum(['deal', 'allocation', 'capital_call', 'investment', 'nav_mark', 'distribution']),
      id,
    }),
    /** Null for what moves no money: no entry stands behind it. */
    explanation: explanation.nullable(),
  })
  .meta({ id: 'DealThreadEvent' })
export type ThreadEvent = z.infer<typeof threadEvent>

/** Where a fund stands with the deal. */
export const dealInFund = z
  .object({
    fundId: id,
    fundName: z.string(),
    currency: z.string(),
    asOf: z.string(),
    /** What the fund itself takes of it; no entry stands behind it. */
    allocated: z.string(),
    /** What investors take of it beside the fund. */
    coInvested: z.string(),
    figures: z.record(z.enum(threadFigures), z.string()),
    /** Gross: value and what came back over what was invested. */
    moic: ratioView,
    /** The last day on which somebody has said what it is worth. */
    markedOn: z.string().nullable(),
    nav: z.string(),
    /** Of the net assets, in per cent; null where there are none. */
    shareOfNav: z.string().nullable(),
  })
  .meta({ id: 'DealInFund' })
export type DealInFund = z.infer<typeof dealInFund>

/** Oldest first. What stands beside the events is of now, whichever page they are of. */
export const dealThread = pageOf(threadEvent)
  .extend({
    deal: z.object({
      id,
      title: z.string(),
      value: z.string(),
      currency: z.string(),
      isWon: z.boolean(),
      closedAt: instant.nullable(),
    }),
    funds: z.array(dealInFund),
  })
  .meta({ id: 'DealThread' })
export type DealThread = z.infer<typeof dealThread>
