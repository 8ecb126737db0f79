import * as z from 'zod'
import { currency, dateOnly, id, instant, line, listOf, money, pageOf, pageQuery, text, version } from '../common.ts'
import { amount, percentage } from './terms.ts'

export const callStates = [
  'DRAFT',
  'IN_REVIEW',
  'APPROVED',
  'ISSUED',
  'PARTIALLY_FUNDED',
  'FUNDED',
  'CLOSED',
  'CANCELLED',
] as const
/** What was decided: what a list can be narrowed to. What is funded follows from the lines. */
export const decidedCallStates = ['DRAFT', 'IN_REVIEW', 'APPROVED', 'ISSUED', 'CLOSED', 'CANCELLED'] as const
export const callComponentKinds = ['INVESTMENT', 'FEE', 'EXPENSE', 'OTHER'] as const
export type CallComponentKind = (typeof callComponentKinds)[number]
export const callLineStates = [
  'PENDING',
  'NOTIFIED',
  'PARTIAL',
  'FUNDED',
  'OVERFUNDED',
  'OVERDUE',
  'DEFAULT_NOTICE',
  'DEFAULTED',
  'CURED',
  'EXCUSED',
] as const

const person = z.object({ id, name: z.string() }).nullable()

/** A call in a list. Sums are of its lines, zero before it is issued. */
export const capitalCallView = z
  .object({
    id,
    fundId: id,
    fundName: z.string(),
    currency,
    /** Counted per fund, given at issue. */
    number: z.number().int().nullable(),
    title: z.string(),
    purpose: z.string(),
    state: z.enum(callStates),
    /** Days since the due date in the fund's zone, while something is outstanding; otherwise 0. */
    overdueDays: z.number().int(),
    amount: money,
    /** Of commitments, where the call was written in per cent. */
    percent: z.string().nullable(),
    noticeDate: dateOnly,
    dueDate: dateOnly,
    lines: z.number().int(),
    /** With late interest, where it was charged. */
    due: money,
    applied: money,
    writtenOff: money,
    outstanding: money,
    version: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'CapitalCall' })
export type CapitalCallView = z.infer<typeof capitalCallView>
export const capitalCallPage = pageOf(capitalCallView).meta({ id: 'CapitalCallPage' })
export const listCapitalCalls = pageQuery.extend({ state: listOf(z.enum(decidedCallStates)) })
export type ListCapitalCalls = z.infer<typeof listCapitalCalls>

const excuse = z.object({ investorId: id, investorName: z.string(), reason: z.string() })
export const callComponentView = z.object({
  id,
  kind: z.enum(callComponentKinds),
  label: z.string(),
  amount: money,
  insideCommitment: z.boolean(),
  dealId: id.nullable(),
  dealTitle: z.string().nullable(),
  excused: z.array(excuse),
})

/** One call, with what it is made of and what can be done with it in its state. */
export const capitalCallDetail = capitalCallView
  .extend({
    components: z.array(callComponentView),
    actions: z.array(z.enum(['submit', 'approve', 'return', 'issue', 'close', 'reopen', 'cancel'])),
    lastEditor: person,
    approvedBy: person,
    approvedAt: instant.nullable(),
    issuedBy: person,
    issuedAt: instant.nullable(),
    closedAt: instant.nullable(),
    cancelledAt: instant.nullable(),
    cancelReason: z.string().nullable(),
    matrixSha256: z.string().nullable(),
    /** Of an overcall: the call that it makes up for. */
    overcallOf: z.object({ callId: id, title: z.string() }).nullable(),
    /** Of lines in default, what others may be asked for. */
    shortfall: money,
  })
  .meta({ id: 'CapitalCallDetail' })
export type CapitalCallDetail = z.infer<typeof capitalCallDetail>

const componentInput = z.strictObject({
  kind: z.enum(callComponentKinds),
  label: line(120),
  /** Null in one component of a call in per cent: it takes what the others leave. */
  amount: amount.nullable(),
  insideCommitment: z.boolean().default(true),
  /** Of an investment: the won deal, which is allocated to the fund. */
  dealId: id.nullable().default(null),
  excused: z
    .array(z.strictObject({ investorId: id, reason: line(500) }))
    .max(5000)
    .default([]),
})
export type CallComponentInput = z.infer<typeof componentInput>

const draft = {
  title: line(200),
  purpose: text(2000).default(''),
  /** Of the commitments of all investors who are not in default; null for a call by amount. */
  percent: percentage.nullable().default(null),
  noticeDate: dateOnly,
  dueDate: dateOnly,
  components: z.array(componentInput).min(1).max(10),
}
export const draftCapitalCall = z.strictObject(draft).meta({ id: 'DraftCapitalCall' })
export type DraftCapitalCall = z.infer<typeof draftCapitalCall>
export const updateCapitalCall = z
  .strictObject({ ...draft, version: version.optional() })
  .meta({ id: 'UpdateCapitalCall' })
export type UpdateCapitalCall = z.infer<typeof updateCapitalCall>

/** How a part came about: floor + extra cent - taken back. Shares are decimals of the currency with six more places. */
export const allocationProof = z.object({
  componentId: z.string(),
  amount: money,
  ideal: z.string(),
  floor: money,
  remainder: z.string(),
  extraCent: z.boolean(),
  takenBack: money,
})

/** The whole matrix before issue. */
export const callMatrix = z
  .object({
    currency,
    amount: money,
    /** The first due date that the notice allows. */
    earliestDueDate: dateOnly,
    components: z.array(z.object({ id: z.string(), label: z.string(), amount: money })),
    lines: z.array(
      z.object({
        investorId: id,
        code: z.string(),
        name: z.string(),
        commitment: money,
        /** Before and after this call. */
        uncalledBefore: money,
        uncalledAfter: money,
        due: money,
        inside: money,
        outside: money,
        recalled: money,
        parts: z.array(allocationProof),
      }),
    ),
    excluded: z.array(
      z.object({
        investorId: id,
        code: z.string(),
        name: z.string(),
        componentId: z.string(),
        reason: z.enum(['no_commitment', 'defaulted', 'not_in_base', 'excused']),
        note: z.string().nullable(),
      }),
    ),
    sha256: z.string(),
  })
  .meta({ id: 'CapitalCallMatrix' })
export type CapitalCallMatrix = z.infer<typeof callMatrix>

/** The version that somebody has seen; also as `If-Match`. */
export const callStep = z.strictObject({ version: version.optional() }).meta({ id: 'CapitalCallStep' })
export const cancelCapitalCall = z
  .strictObject({ reason: line(500), version: version.optional() })
  .meta({ id: 'CancelCapitalCall' })
export type CancelCapitalCall = z.infer<typeof cancelCapitalCall>

export const callLineView = z
  .object({
    id,
    investorId: id,
    code: z.string(),
    name: z.string(),
    /** What the investor writes on the wire. */
    reference: z.string(),
    state: z.enum(callLineStates),
    overdueDays: z.number().int(),
    dueDate: dateOnly,
    due: money,
    inside: money,
    outside: money,
    lateInterest: money,
    recalled: money,
    applied: money,
    writtenOff: money,
    outstanding: money,
    noticeOn: dateOnly.nullable(),
    /** After a default notice: the last day on which a payment cures. */
    lastDayToCure: dateOnly.nullable(),
    parts: z.array(allocationProof),
    version: z.number().int(),
  })
  .meta({ id: 'CapitalCallLine' })
export type CallLineView = z.infer<typeof callLineView>
export const callLinePage = pageOf(callLineView).meta({ id: 'CapitalCallLinePage' })
export const listCallLines = pageQuery
export type ListCallLines = z.infer<typeof listCallLines>

const lineVersion = { version: version.optional() }
export const defaultStep = z
  .strictObject({ action: z.enum(['send_notice', 'designate', 'cure']), reason: line(500).optional(), ...lineVersion })
  .meta({ id: 'DefaultStep' })
export type DefaultStep = z.infer<typeof defaultStep>
export const chargeLateInterest = z
  .strictObject({ through: dateOnly, ...lineVersion })
  .meta({ id: 'ChargeLateInterest' })
export type ChargeLateInterest = z.infer<typeof chargeLateInterest>
export const writeOffLine = z
  .strictObject({
    /** `shortfall`: what a bank has kept, within the tolerance of the fund; `rest`: all that is outstanding. */
    what: z.enum(['shortfall', 'rest']),
    reason: line(500),
    ...lineVersion,
  })
  .meta({ id: 'WriteOffLine' })
export type WriteOffLine = z.infer<typeof writeOffLine>

export const draftOvercall = z
  .strictObject({ componentId: id, noticeDate: dateOnly, dueDate: dateOnly })
  .meta({ id: 'DraftOvercall' })
export type DraftOvercall = z.infer<typeof draftOvercall>
