// A receipt is taken back that had paid for a commitment which has gone to somebody else since: what becomes outstanding again
// is owed by whoever has the commitment, as far as it has gone. On lines, positions and sub-ledgers.
import { audit } from '@throughline/accounts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { type HeldFund, happen, type PositionHappening, post, readPositions } from '../books/index.ts'
import { storedParts } from '../calls/index.ts'
import { debtTransferred } from '../ledger/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { splitBetween } from './accounts.ts'
import { moveLine, readPartsOf, readSettledLines, readTransfers, type SettledLineRow } from './passed-on.repo.ts'
import {
  type CommitmentTransfer,
  type LoweredLine,
  type PassedPart,
  partOf,
  partsThatGo,
  partsTogether,
  passedOn,
  totalOf,
} from './passed-on.rules.ts'
import type { NewPayment } from './write-payments.ts'

/** What of lines that are about to be lowered is owed by others; nothing for most. */
export interface PassedOn {
  parts: readonly PassedPart[]
  /** The day of the last transfer that it follows: what went over was what stood on that day, so it cannot count before. */
  notBefore: string
}

const nobody: PassedOn = { parts: [], notBefore: '' }

/** @param payments that take others back, before they are written; one statement where nothing was ever sold, three otherwise */
export async function debtsPassedOn(ctx: Ctx, fund: HeldFund, payments: readonly NewPayment[]): Promise<PassedOn> {
  const lowered = loweredBy(payments)
  if (lowered.size === 0) return nobody
  const transfers = await transfersIn(ctx, fund, [...new Set(payments.map(({ investorId }) => investorId))])
  if (transfers.length === 0) return nobody
  const paymentIds = payments.flatMap(({ reverses }) => (reverses ? [reverses.paymentId] : []))
  const rows = await readSettledLines(ctx.db, fund.id, { lineIds: [...lowered.keys()], paymentIds })
  const lines = rows.map((row) => loweredLine(fund, row, lowered.get(row.lineId) ?? 0n, transfers))
  const followed = lines.flatMap((line) => line.transfers)
  if (followed.length === 0) return nobody
  const debtors = [...new Set(followed.flatMap(({ from, to }) => [from, to]))]
  const positions = await readPositions(ctx, fund, debtors)
  const stands = new Map(
    positions.map(({ investorId, funded, fundedOutside, writtenOff, writtenOffOutside }) => [
      investorId,
      { funded, fundedOutside, writtenOff, writtenOffOutside },
    ]),
  )
  const notBefore =
    followed
      .map(({ on }) => on)
      .toSorted()
      .at(-1) ?? ''
  return { parts: passedOn(lines, stands), notBefore }
}

function loweredBy(payments: readonly NewPayment[]): Map<string, bigint> {
  const lowered = new Map<string, bigint>()
  for (const move of payments.flatMap(({ moves }) => moves))
    if (move.on === 'line') lowered.set(move.lineId, (lowered.get(move.lineId) ?? 0n) - move.amount)
  return lowered
}

const transfersIn = async (ctx: Ctx, { id }: HeldFund, sellers: readonly string[]): Promise<CommitmentTransfer[]> =>
  (await readTransfers(ctx.db, id, sellers)).map(({ amount, before, ...transfer }) => ({
    ...transfer,
    amount: BigInt(amount),
    before: BigInt(before),
  }))

function loweredLine(
  { currency }: HeldFund,
  row: SettledLineRow,
  down: bigint,
  transfers: readonly CommitmentTransfer[],
): LoweredLine {
  const [inside, applied] = [toMinor(row.inside, currency), toMinor(row.applied, currency)]
  const paid = splitBetween(inside, applied - down, applied)
  const writtenOff = splitBetween(inside, applied, applied + toMinor(row.writtenOff, currency))
  const { settledAt } = row
  return {
    lineId: row.lineId,
    investorId: row.investorId,
    lowered: {
      ...{ funded: paid.insideCommitment, fundedOutside: paid.outsideCommitment },
      ...{ writtenOff: writtenOff.insideCommitment, writtenOffOutside: writtenOff.outsideCommitment },
    },
    transfers: settledAt === null ? [] : transfers.filter(({ id }) => id > settledAt),
  }
}

/** Before the payments are taken back: what was paid of the parts is again with those who have paid it. */
export async function returnPaidIn(
  ctx: Ctx,
  fund: HeldFund,
  { parts }: PassedOn,
  { on: date, reason }: { on: string; reason: string },
): Promise<void> {
  const happenings = parts.flatMap(({ from, to, commitmentId, sums }) => {
    const of = { source: { kind: 'commitment', id: commitmentId } as const, reason }
    const moved = [
      ['funded', sums.funded, sums.fundedOutside],
      ['written_off', sums.writtenOff, sums.writtenOffOutside],
    ] as const
    return moved.flatMap(([kind, inside, outside]): PositionHappening[] =>
      inside + outside === 0n
        ? []
        : [
            { ...of, investorId: to, event: { kind, date, insideCommitment: -inside, outsideCommitment: -outside } },
            { ...of, investorId: from, event: { kind, date, insideCommitment: inside, outsideCommitment: outside } },
          ],
    )
  })
  if (happenings.length > 0) await happen(ctx, fund, happenings)
}

/** After the payments were taken back: lines and receivables go to those who owe them. */
export async function passLinesOn(
  ctx: Ctx,
  fund: HeldFund,
  { parts }: PassedOn,
  { on, reason }: { on: string; reason: string },
): Promise<void> {
  for (const part of parts) {
    await movePart(ctx, fund, part)
    audit(ctx, {
      ...{ action: 'call_line.passed_on', subject: 'capital_call_line', subjectId: part.lineId },
      before: { investorId: part.from },
      after: { investorId: part.to, amount: fromMinor(totalOf(part.sums), fund.currency), on, reason },
    })
    emit(ctx, 'commitment.changed', { fundId: fund.id, investorId: part.to })
  }
  await post(
    ctx,
    fund,
    [...Map.groupBy(parts, ({ commitmentId }) => commitmentId)].flatMap(([id, ofCommitment]) =>
      [...Map.groupBy(ofCommitment, ({ from }) => from)].map(([from, own]) => ({
        entry: debtTransferred(
          from,
          own.map(({ to, sums }) => ({ to, amount: totalOf(sums) })),
        ),
        effectiveOn: on,
        source: { kind: 'commitment' as const, id },
        reason,
      })),
    ),
  )
}

async function movePart(ctx: Ctx, fund: HeldFund, { lineId, to, sums }: PassedPart): Promise<void> {
  const decimal = (amount: bigint) => fromMinor(amount, fund.currency)
  const minor = (text: string) => toMinor(text, fund.currency)
  const [row] = await readSettledLines(ctx.db, fund.id, { lineIds: [lineId], paymentIds: [] })
  if (!row) throw new Error('a line that was lowered is not there')
  const [inside, outside] = [sums.funded + sums.writtenOff, sums.fundedOutside + sums.writtenOffOutside]
  const late = partOf(minor(row.lateInterest), outside, minor(row.outside))
  const { stay, go } = partsThatGo(storedParts.parse(row.components), inside + outside - late, fund.currency)
  const own = await readPartsOf(ctx.db, row.callId, to)
  await moveLine(ctx.db, {
    ...{ lineId, to, now: ctx.now() },
    part: {
      inside: decimal(inside),
      outside: decimal(outside),
      recalled: decimal(partOf(minor(row.recalled), inside, minor(row.inside))),
      lateInterest: decimal(late),
      ...{ stay, together: partsTogether(storedParts.parse(own?.components ?? []), go, fund.currency) },
    },
  })
}
