// Where investors stand, folded anew by the rules from everything that has happened to them.
import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { type KeptPosition, readHappenings, readPositions } from '../books/index.ts'
import { type CommitmentEvent, foldInto, nothing, type Transferable, transferableSums } from '../commitments/index.ts'
import { type NamedInvestor, readInvestorNames } from '../investors/index.ts'
import { fromMinor } from '../minor-units.ts'
import { type CheckResult, type ComparedFund, type FoundBreak, keptBreaks } from './check.repo.ts'

/** Three statements, however many investors. */
export async function checkPositions(ctx: Ctx, fund: ComparedFund): Promise<CheckResult> {
  const kept = new Map((await readPositions(ctx, fund)).map((position) => [position.investorId, position]))
  const happened = await readHappenings(ctx, fund.id)
  const investorIds = [...new Set([...kept.keys(), ...happened.keys()])].toSorted()
  const broken = investorIds.flatMap((investorId) => {
    const difference = differenceOf(fund, happened.get(investorId) ?? [], kept.get(investorId))
    return difference ? [{ investorId, ...difference }] : []
  })
  const names = await readInvestorNames(
    ctx.db,
    broken.map(({ investorId }) => investorId),
  )
  const breaks = broken.map(
    ({ investorId, expected, found }): FoundBreak => ({
      subject: `investor:${investorId}`,
      label: labelOf(names.get(investorId)) ?? investorId,
      expected,
      found,
      repair: { kind: 'rebuild_position', investorId },
    }),
  )
  return {
    comparison: 'positions',
    basis: 'stored',
    compared: investorIds.length,
    breakCount: breaks.length,
    breaks: breaks.slice(0, keptBreaks),
  }
}

/** The sums that differ, in words; nothing when all agree. */
function differenceOf(
  { currency }: ComparedFund,
  events: readonly CommitmentEvent[],
  kept: KeptPosition | undefined,
): { expected: string; found: string } | undefined {
  if (!kept) return { expected: 'a position', found: 'none' }
  const folded = foldOf(events)
  if (folded instanceof AppError) return { expected: 'events that agree with each other', found: folded.message }
  const names = transferableSums.filter((name) => folded[name] !== kept[name])
  if (names.length > 0) {
    const worded = (position: Transferable) =>
      names.map((name) => `${name} ${fromMinor(position[name], currency)}`).join(', ')
    return { expected: worded(folded), found: worded(kept) }
  }
  const [expected, found] = [recallablesOf(folded), recallablesOf(kept)]
  return expected === found ? undefined : { expected: `recallable ${expected}`, found: `recallable ${found}` }
}

/** Events that contradict themselves are a break of one investor, and no end of the comparison. */
function foldOf(events: readonly CommitmentEvent[]): Transferable | AppError {
  try {
    return foldInto(nothing, events)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

const isSome = ({ amount }: { amount: bigint }): boolean => amount > 0n
/** What can be called back, and by which call it was, as one text. */
const recallablesOf = ({ lots, recalls }: Transferable): string =>
  [
    ...lots.filter(isSome).map(({ amount, expiresOn }) => `${amount} until ${expiresOn ?? 'the end'}`),
    ...recalls
      .filter(isSome)
      .map(({ amount, expiresOn, callId }) => `${amount} of ${expiresOn ?? 'the end'} by ${callId}`),
  ]
    .toSorted()
    .join('; ')

const labelOf = (investor: NamedInvestor | undefined): string | undefined =>
  investor && `${investor.code} ${investor.name}`
