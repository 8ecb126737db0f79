// Where the money of investors stands in a fund that is held.
import type { Ctx } from '@throughline/db'
import { type HeldFund, readPositions } from '../books/index.ts'
import { smaller, toMinor } from '../minor-units.ts'
import type { InvestorAccount, OpenLine } from '../payments/index.ts'
import { type LineRow, readLines } from './accounts.repo.ts'

/** A line of a call, with what its payments need to know beside the rules. */
export interface AccountLine extends OpenLine {
  callId: string
  callIsClosed: boolean
  inside: bigint
  outside: bigint
  /** Paid for this line beyond what was due, and still prepaid. */
  excess: bigint
}

export interface Account extends InvestorAccount {
  lines: readonly AccountLine[]
}

/**
 * Of investors who have a position in the fund: the lines of issued calls and what is prepaid, by investor. Two statements,
 * however many investors.
 * @param closedToo with the lines of closed calls, of which something may have to be taken back
 */
export async function readAccounts(
  ctx: Ctx,
  fund: Pick<HeldFund, 'id' | 'currency'>,
  investorIds: readonly string[],
  { closedToo = false }: { closedToo?: boolean } = {},
): Promise<Map<string, Account>> {
  const positions = await readPositions(ctx, fund, investorIds)
  const rows = await readLines(ctx.db, fund.id, { investorIds, closedToo })
  const lines = Map.groupBy(rows, ({ investorId }) => investorId)
  return new Map(
    positions.map(({ investorId, prepaid }) => [
      investorId,
      { prepaid, lines: (lines.get(investorId) ?? []).map(lineOf(fund.currency)) },
    ]),
  )
}

const lineOf =
  (currency: string) =>
  ({ lineId, callId, callState, dueDate, ...row }: LineRow): AccountLine => ({
    lineId,
    callId,
    callIsClosed: callState === 'CLOSED',
    dueDate,
    due: toMinor(row.due, currency),
    inside: toMinor(row.inside, currency),
    outside: toMinor(row.outside, currency),
    applied: toMinor(row.applied, currency),
    fromPrepaid: toMinor(row.fromPrepaid, currency),
    writtenOff: toMinor(row.writtenOff, currency),
    excess: toMinor(row.excess, currency),
  })

/** What is inside and outside of the commitment. */
export interface Split {
  insideCommitment: bigint
  outsideCommitment: bigint
}

/**
 * What between two marks on a line is inside of the commitment and what outside: the inside is settled first. Below zero
 * where the second is lower.
 */
export function splitBetween(inside: bigint, before: bigint, after: bigint): Split {
  const insideCommitment = smaller(inside, after) - smaller(inside, before)
  return { insideCommitment, outsideCommitment: after - before - insideCommitment }
}
