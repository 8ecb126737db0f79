// What the notices of a batch say: the call read once, the investors in a constant number of statements.
import type { Encryption } from '@throughline/accounts'
import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import * as z from 'zod'
import { fundToRead, type HeldFund, readHappenings } from '../books/index.ts'
import { type CommitmentEvent, positionOn } from '../commitments/index.ts'
import { exponentOf, sumOf, toMinor } from '../minor-units.ts'
import { type CallNotice, callNoticePaper, type ShareProof, type StandingBefore } from './call-notice.rules.ts'
import { type DistributedAmounts, distributionNoticePaper } from './distribution-notice.rules.ts'
import {
  type CallRow,
  type NoticeLineRow,
  readCall,
  readCallLines,
  readDistribution,
  readDistributionLines,
  readFundSums,
  readOutside,
} from './notices.repo.ts'
import type { Paper } from './paper.rules.ts'
import { type WireField, wireOf } from './wire.ts'

/** A notice, or why it cannot be made. */
export interface NoticeOfBatch {
  documentId: string
  name: string
  write(): { paper: Paper; totals: Record<string, string> }
}

/** As `capital-calls` keeps the parts of a line: decimals of the currency. */
const share = z.looseObject({
  componentId: z.string(),
  amount: z.string(),
  ideal: z.string().optional(),
  floor: z.string().optional(),
  extraCent: z.boolean().default(false),
  takenBack: z.string().default('0'),
})
const shares = z.array(share)

const proofOf = ({ ideal, floor, extraCent, takenBack }: z.infer<typeof share>): ShareProof | null =>
  ideal === undefined || floor === undefined
    ? null
    : { ideal, floor, extraCent, takenBack: Number(takenBack) === 0 ? null : takenBack }

/** What Postgres has divided has more zeros than the currency has decimals. */
const divided = (text: string, currency: string): bigint =>
  toMinor(text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), currency)

function investorBefore(
  row: NoticeLineRow,
  events: readonly CommitmentEvent[],
  call: CallRow,
  currency: string,
): StandingBefore {
  const before = positionOn(
    events.filter((event) => !('callId' in event && event.callId === call.id)),
    call.noticeDate,
  )
  return {
    commitment: before.commitment,
    called: before.called,
    unfunded: toMinor(row.unfundedBefore, currency),
    stillRecallable: before.stillRecallable,
    contributions: before.funded + before.fundedOutside,
    distributions: before.distributed,
    recallable: before.recallable,
  }
}

async function fundBefore(ctx: Ctx, call: CallRow, currency: string): Promise<StandingBefore> {
  const [sums] = await readFundSums(ctx.db, call.fundId, {
    day: call.noticeDate,
    exceptCallId: call.id,
    unit: 10 ** exponentOf(currency),
  })
  if (!sums) throw new Error('an aggregate has one row')
  const outside = (await readOutside(ctx.db, call.fundId, call.id)).map(({ investorId }) => investorId)
  const happened = outside.length > 0 ? await readHappenings(ctx, call.fundId, outside) : new Map()
  const uncalledOutside = sumOf(
    [...happened.values()].map((events: CommitmentEvent[]) => positionOn(events, call.noticeDate).uncalled),
  )
  return {
    commitment: BigInt(sums.commitment),
    called: BigInt(sums.called),
    unfunded: toMinor(call.unfundedBefore, currency) + uncalledOutside,
    stillRecallable: divided(sums.stillRecallable, currency),
    contributions: BigInt(sums.contributions),
    distributions: BigInt(sums.distributions),
    recallable: BigInt(sums.recallable),
  }
}

const fundWords = ({ legalName, currency, timeZone, vintage, terms }: HeldFund): CallNotice['fund'] => ({
  legalName,
  currency,
  timeZone,
  vintage,
  lateInterest: `What has not arrived by the due date bears interest of ${terms.lateInterest.rate} % a year (${terms.lateInterest.dayCount}) from the due date on. It is owed beside the commitment and does not reduce the unfunded amount (fund agreement, section on late payments).`,
  cure: `The general partner may send a default notice. After it there are ${terms.cure.days} ${terms.cure.count} days to pay; after these the general partner may declare a default, with the consequences of the fund agreement (section on defaults).`,
})

/** The notices of a call that are still to be made, among these documents. @throws AppError not_found */
export async function callNotices(
  ctx: Ctx,
  callId: string,
  documentIds: readonly string[],
  encryption: Encryption,
): Promise<NoticeOfBatch[]> {
  const call = await readCall(ctx.db, callId)
  if (!call) throw new AppError('not_found', { message: 'There is no such call.' })
  const fund = await fundToRead(ctx, call.fundId)
  const { currency } = fund
  const rows = await readCallLines(ctx.db, callId, documentIds)
  if (rows.length === 0) return []
  const happened = await readHappenings(
    ctx,
    call.fundId,
    rows.map(({ investorId }) => investorId),
  )
  const wire: WireField[] = wireOf({ id: fund.id, wireSealed: call.wireSealed }, encryption)
  const before = await fundBefore(ctx, call, currency)
  const common = {
    firm: call.firm,
    fund: fundWords(fund),
    call: { ...call, amount: toMinor(call.amount, currency) },
    components: call.components.map((each) => ({ ...each, amount: toMinor(each.amount, currency) })),
    fundBefore: before,
    wire,
  }
  return rows.map((row) => ({
    documentId: row.documentId,
    name: `Capital call ${call.number ?? ''} ${row.code}`.replaceAll('  ', ' '),
    write: () =>
      callNoticePaper({
        ...common,
        investor: { code: row.code, name: row.investor },
        line: lineOf(row, currency),
        investorBefore: investorBefore(row, happened.get(row.investorId) ?? [], call, currency),
      }),
  }))
}

function lineOf(row: NoticeLineRow, currency: string): CallNotice['line'] {
  const inMinor = (decimal: string) => toMinor(decimal, currency)
  return {
    reference: row.reference,
    due: inMinor(row.due),
    inside: inMinor(row.inside),
    outside: inMinor(row.outside),
    recalled: inMinor(row.recalled),
    fromPrepaid: inMinor(row.fromPrepaid),
    shares: new Map(
      shares
        .parse(row.components)
        .map((each) => [each.componentId, { amount: inMinor(each.amount), proof: proofOf(each) }]),
    ),
  }
}

type Decimals = Record<keyof DistributedAmounts, string>
const amountsOf = (row: Decimals, currency: string): DistributedAmounts => ({
  returnOfCapital: toMinor(row.returnOfCapital, currency),
  gain: toMinor(row.gain, currency),
  income: toMinor(row.income, currency),
  withheld: toMinor(row.withheld, currency),
  recallable: toMinor(row.recallable, currency),
})

/** The notices of a distribution that are still to be made. @throws AppError not_found */
export async function distributionNotices(
  ctx: Ctx,
  distributionId: string,
  documentIds: readonly string[],
): Promise<NoticeOfBatch[]> {
  const distribution = await readDistribution(ctx.db, distributionId)
  if (!distribution) throw new AppError('not_found', { message: 'There is no such distribution.' })
  const fund = await fundToRead(ctx, distribution.fundId)
  const { currency } = fund
  const rows = await readDistributionLines(ctx.db, distributionId, documentIds)
  return rows.map((row) => ({
    documentId: row.documentId,
    name: `Distribution ${distribution.number ?? ''} ${row.code}`.replaceAll('  ', ' '),
    write: () =>
      distributionNoticePaper({
        firm: distribution.firm,
        fund,
        distribution,
        ofFund: amountsOf(distribution.sums, currency),
        declared: amountsOf({ ...distribution, withheld: '0' }, currency),
        investor: { code: row.code, name: row.investor },
        line: { ...amountsOf(row, currency), aboveCap: toMinor(row.aboveCap, currency) },
      }),
  }))
}
