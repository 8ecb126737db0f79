// Where investors stand in a fund.
import type {
  FundInvestorView,
  FundPositionQuery,
  FundPositionView,
  ListFundInvestors,
  ListPositionEvents,
  Page,
  PositionEventView,
  PositionFigures,
} from '@throughline/contracts'
import { type Ctx, toPage } from '@throughline/db'
import { eventOf, fundToRead, type HeldFund, readHappenings, readPositions } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { type CommitmentEvent, type Position, positionOn } from '../commitments/index.ts'
import { fromMinor } from '../minor-units.ts'
import { commitmentsOf } from './commitments.repo.ts'
import { findBeside, findEvents, findFundInvestors, type StoredEventRow } from './investor-reads.repo.ts'
import { findInvestor } from './investors.repo.ts'
import { noSuchInvestor } from './investors.service.ts'

/** The investors of a fund by name, with where they stand today. @throws AppError not_found */
export async function listFundInvestors(
  ctx: Ctx,
  fundId: string,
  query: ListFundInvestors,
): Promise<Page<FundInvestorView> & { asOf: string }> {
  const { timeZone } = await fundToRead(ctx, fundId)
  const rows = await findFundInvestors(ctx.db, fundId, query, ctx.now())
  const page = toPage(
    rows,
    query.limit,
    ({ name, investorId }) => [name, investorId],
    ({ asOf: _asOf, ...view }) => view,
  )
  return { ...page, asOf: rows[0]?.asOf ?? dayIn(timeZone, ctx.now()) }
}

const figuresOf = (
  position: Position,
  currency: string,
  beside: { feeFree: string; prepaid: string },
): PositionFigures => {
  const decimal = (amount: bigint) => fromMinor(amount, currency)
  return {
    commitment: decimal(position.commitment),
    feeFree: decimal(BigInt(beside.feeFree)),
    called: decimal(position.called),
    calledOutside: decimal(position.calledOutside),
    uncalled: decimal(position.uncalled),
    paidIn: decimal(position.funded + position.fundedOutside),
    outstanding: decimal(position.outstanding),
    released: decimal(position.released),
    distributed: decimal(position.distributed),
    recallable: decimal(position.stillRecallable),
    prepaid: beside.prepaid,
  }
}

/** Where one investor stood at the end of a day: folded anew from everything that had happened. @throws AppError not_found */
export async function getFundPosition(
  ctx: Ctx,
  { fundId, investorId }: { fundId: string; investorId: string },
  { asOf }: FundPositionQuery,
): Promise<FundPositionView> {
  const fund = await fundToRead(ctx, fundId)
  const investor = await findInvestor(ctx.db, investorId)
  if (!investor) throw noSuchInvestor()
  const day = asOf ?? dayIn(fund.timeZone, ctx.now())
  const [kept] = await readPositions(ctx, fund, [investorId])
  const happened = await readHappenings(ctx, fundId, [investorId])
  const beside = await findBeside(ctx.db, { fundId, investorId, day })
  return {
    ...{ fundId, investorId, code: investor.code, name: investor.name, asOf: day },
    figures: figuresOf(positionOn(happened.get(investorId) ?? [], day), fund.currency, beside),
    defaultedOn: kept?.defaultedOn && kept.defaultedOn <= day ? kept.defaultedOn : null,
    commitments: await commitmentsOf(ctx.db, fundId, investorId),
  }
}

/** What has happened to an investor in a fund, latest first. @throws AppError not_found */
export async function listPositionEvents(
  ctx: Ctx,
  { fundId, investorId }: { fundId: string; investorId: string },
  query: ListPositionEvents,
): Promise<Page<PositionEventView>> {
  const fund = await fundToRead(ctx, fundId)
  if (!(await findInvestor(ctx.db, investorId))) throw noSuchInvestor()
  const rows = await findEvents(ctx.db, { fundId, investorId, ...query })
  return toPage(rows, query.limit, ({ on, id }) => [on, id], toEventView(fund))
}

const toEventView =
  ({ currency }: Pick<HeldFund, 'currency'>) =>
  ({ data, at, ...row }: StoredEventRow): PositionEventView => ({
    ...row,
    ...amountsOf(eventOf({ investorId: '', happenedOn: row.on, kind: row.kind, data }), (units) =>
      fromMinor(units, currency),
    ),
    at: at.toISOString(),
  })

function amountsOf(
  event: CommitmentEvent,
  decimal: (units: bigint) => string,
): Pick<PositionEventView, 'amount' | 'outside' | 'recallable'> {
  switch (event.kind) {
    case 'called':
    case 'call_reversed':
      return {
        amount: decimal(event.insideCommitment),
        outside: decimal(event.outsideCommitment),
        recallable: decimal(event.recalled),
      }
    case 'funded':
    case 'written_off':
      return {
        amount: decimal(event.insideCommitment),
        outside: decimal(event.outsideCommitment),
        recallable: null,
      }
    case 'distributed':
      return { amount: decimal(event.amount), outside: null, recallable: decimal(event.recallable) }
    case 'transferred_in':
    case 'transferred_out':
      return { amount: decimal(event.part.commitment), outside: null, recallable: null }
    default:
      return { amount: decimal(event.amount), outside: null, recallable: null }
  }
}
