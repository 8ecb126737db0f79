// A commitment, or a part of it, goes to another investor, with everything that was called, paid and distributed on it.
import { randomUUIDv7 } from 'node:crypto'
import { audit } from '@throughline/accounts'
import { AppError, type CommitmentView, type TransferCommitment, type TransferView } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { shareOut } from '../allocation/index.ts'
import { type Beside, type HeldFund, happen, type KeptPosition, post, readHappenings } from '../books/index.ts'
import { positionOn, type Transferable, transferOf } from '../commitments/index.ts'
import { addToCommitment, commitmentsOf, insertCommitments } from '../investors/index.ts'
import { capitalTransferred } from '../ledger/index.ts'
import { smaller, sumOf } from '../minor-units.ts'
import { plus, zero } from '../rational.ts'
import { refused } from '../refused.ts'
import { checkTransfer } from './commitment-changes.rules.ts'
import { commitmentAs } from './commitments.service.ts'
import { asDecimal, checkNoDefault, holdCommitment, inMinor, investorOfBody, keptOf } from './held-commitment.ts'
import { distributedTo } from './standing.repo.ts'

/** The buyer's commitment of the same close, made when there is none; it is as free of fees as what goes. */
async function buyersCommitment(
  ctx: Ctx,
  { closeName, closeDate, feeFree, fundId }: CommitmentView,
  investorId: string,
  amount: string,
): Promise<string> {
  const own = (await commitmentsOf(ctx.db, fundId, investorId)).find((each) => each.closeName === closeName)
  if (own && own.feeFree !== feeFree)
    throw new AppError('conflict', {
      message: `The buyer has a commitment of ${closeName} that ${own.feeFree ? 'pays no' : 'pays'} management fee, unlike what goes.`,
    })
  if (own) {
    await addToCommitment(ctx.db, own.id, amount)
    return own.id
  }
  const id = randomUUIDv7()
  await insertCommitments(ctx.db, [{ id, fundId, investorId, closeName, closeDate, amount, feeFree }], ctx.now())
  return id
}

interface Sides {
  seller: KeptPosition | undefined
  buyer: KeptPosition | undefined
  amount: bigint
  feeFree: boolean
}

/** What is kept beside the events. Who has sold everything keeps no rounding of earlier calls either. */
function besideOf({ seller, buyer, amount, feeFree }: Sides): [Beside, Beside] {
  const moved = feeFree ? amount : 0n
  const sold = seller?.commitment === amount
  const kinds = sold ? Object.keys({ ...seller.carries, ...buyer?.carries }) : []
  const carries = Object.fromEntries(
    kinds.map((kind) => [kind, plus(seller?.carries[kind] ?? zero, buyer?.carries[kind] ?? zero)]),
  )
  return [
    { feeFree: (seller?.feeFree ?? 0n) - moved, ...(sold ? { carries: {} } : {}) },
    { feeFree: (buyer?.feeFree ?? 0n) + moved, ...(sold ? { carries } : {}) },
  ]
}

interface Move {
  from: string
  to: string
  goes: Transferable
  commitmentId: string
  date: string
  reason: string
}

/** The capital accounts go with the commitment. */
async function bookTransfer(ctx: Ctx, fund: HeldFund, { from, to, goes, commitmentId, date, reason }: Move) {
  const stands = await distributedTo(ctx.db, fund.id, from)
  const accounts = (['returned', 'gain', 'income'] as const).map((id) => ({ id, weight: inMinor(fund, stands[id]) }))
  const booked = accounts.filter(({ weight }) => weight > 0n)
  const distributed = smaller(goes.distributed, sumOf(booked.map(({ weight }) => weight)))
  const lines = new Map(shareOut(distributed, booked).map(({ id, amount }) => [id, amount]))
  const capital = {
    ...{ contributed: goes.called, outside: goes.calledOutside },
    ...{ returned: lines.get('returned') ?? 0n, gain: lines.get('gain') ?? 0n, income: lines.get('income') ?? 0n },
  }
  if (Object.values(capital).every((amount) => amount === 0n)) return
  const source = { kind: 'commitment', id: commitmentId } as const
  await post(ctx, fund, [{ entry: capitalTransferred(from, to, capital), effectiveOn: date, source, reason }])
}

/**
 * What goes is split from the seller's whole position on the day, so that on both sides nothing is below zero. What the
 * seller has paid in advance stays the seller's.
 * @throws AppError not_found, stale_version, validation_failed; conflict for a buyer whose fee differs; unprocessable for
 * more than there is, while called money is not paid, before the last thing that happened, or as `createCommitment`
 */
export function transferCommitment(ctx: Ctx, id: string, input: TransferCommitment): Promise<TransferView> {
  const { toInvestorId: to, date, reason } = input
  return ctx.db.transaction(async () => {
    const { fund, commitment } = await holdCommitment(ctx, id, input)
    const { investorId: from, fundId, feeFree } = commitment
    await investorOfBody(ctx, to, 'body.toInvestorId')
    if (to === from) throw refused('A commitment goes to another investor, not to the same.')
    const amount = inMinor(fund, input.amount)
    if (amount > inMinor(fund, commitment.amount))
      throw refused(`The commitment is ${commitment.amount}; no more can go.`)
    const [seller, buyer] = [await keptOf(ctx, fund, from), await keptOf(ctx, fund, to)]
    checkNoDefault(buyer)
    const position = positionOn((await readHappenings(ctx, fundId, [from])).get(from) ?? [], date)
    checkTransfer(position, { lastEventOn: seller?.lastEventOn ?? null, day: date }, asDecimal(fund))
    const { goes } = transferOf(position, amount)
    const decimal = asDecimal(fund)(amount)
    const toId = await buyersCommitment(ctx, commitment, to, decimal)
    await addToCommitment(ctx.db, id, `-${decimal}`)
    const both = { source: { kind: 'commitment', id } as const, reason }
    const [sellers, buyers] = besideOf({ seller, buyer, amount, feeFree })
    await happen(
      ctx,
      fund,
      [
        { ...both, investorId: from, commitmentId: id, event: { kind: 'transferred_out', date, part: goes } },
        { ...both, investorId: to, commitmentId: toId, event: { kind: 'transferred_in', date, part: goes } },
      ],
      new Map([
        [from, sellers],
        [to, buyers],
      ]),
    )
    await bookTransfer(ctx, fund, { from, to, goes, commitmentId: id, date, reason })
    audit(ctx, {
      action: 'commitment.transferred',
      subject: 'commitment',
      subjectId: id,
      before: { investorId: from, amount: commitment.amount },
      after: { toInvestorId: to, toCommitmentId: toId, amount: decimal, date, reason },
    })
    for (const investorId of [from, to]) emit(ctx, 'commitment.changed', { fundId, investorId })
    return { from: await commitmentAs(ctx, id), to: await commitmentAs(ctx, toId) }
  })
}
