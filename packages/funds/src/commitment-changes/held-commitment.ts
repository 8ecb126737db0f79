// What every change of a commitment begins with.
import { AppError, type CommitmentView } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { type HeldFund, holdFund, type KeptPosition, readPositions } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { findCommitment, findInvestor, noSuchInvestor } from '../investors/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { checkDay } from './commitment-changes.rules.ts'
import { lastCalledOn } from './standing.repo.ts'

export interface HeldCommitment {
  fund: HeldFund
  commitment: CommitmentView
  today: string
}

const noSuchCommitment = () => new AppError('not_found', { message: 'There is no such commitment.' })

/** The fund, held, if something may be promised in it on the day. @throws AppError not_found, unprocessable */
export async function holdForPromise(
  ctx: Ctx,
  fundId: string,
  day: string,
): Promise<{ fund: HeldFund; today: string }> {
  const fund = await holdFund(ctx, fundId)
  if (fund.state === 'CLOSED') throw refused(`${fund.name} is closed: its commitments stay as they are.`)
  const today = dayIn(fund.timeZone, ctx.now())
  checkDay(fund, { day, today, lastCalledOn: await lastCalledOn(ctx.db, fundId) })
  return { fund, today }
}

/** The commitment and its fund, held, as somebody has seen it. @throws AppError not_found, stale_version, unprocessable */
export async function holdCommitment(
  ctx: Ctx,
  id: string,
  { date, version }: { date: string; version?: number | undefined },
): Promise<HeldCommitment> {
  const seen = await findCommitment(ctx.db, id)
  if (!seen) throw noSuchCommitment()
  const held = await holdForPromise(ctx, seen.fundId, date)
  // Behind the fund nobody changes it any more.
  const commitment = await findCommitment(ctx.db, id)
  if (!commitment) throw noSuchCommitment()
  if (version !== undefined && version !== commitment.version) throw new AppError('stale_version')
  if (date < commitment.closeDate)
    throw refused(`The commitment is of ${commitment.closeDate}; nothing can have happened to it before.`)
  return { ...held, commitment }
}

/** @throws AppError validation_failed for an investor that the firm does not have */
export async function investorOfBody(ctx: Ctx, investorId: string, path: string): Promise<void> {
  if (await findInvestor(ctx.db, investorId)) return
  throw new AppError('validation_failed', { details: { issues: [{ path, message: noSuchInvestor().message }] } })
}

/** @throws AppError unprocessable for an investor in default */
export function checkNoDefault(position: KeptPosition | undefined): void {
  if (position?.defaultedOn)
    throw refused(`This investor is in default since ${position.defaultedOn} and cannot promise more.`)
}

export const keptOf = async (ctx: Ctx, fund: HeldFund, investorId: string): Promise<KeptPosition | undefined> =>
  (await readPositions(ctx, fund, [investorId]))[0]

export const inMinor = (fund: HeldFund, decimal: string): bigint => toMinor(decimal, fund.currency)
export const asDecimal =
  ({ currency }: HeldFund) =>
  (units: bigint): string =>
    fromMinor(units, currency)
