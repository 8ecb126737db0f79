// Where the investors of a fund stand, and what happens to them.
import type { Ctx } from '@throughline/db'
import { type CommitmentEvent, foldInto, nothing } from '../commitments/index.ts'
import type { HeldFund } from './funds.repo.ts'
import { dataOf, eventOf, type KeptPosition, positionOf, rowOf } from './position-json.rules.ts'
import { insertEvents, readEvents, readRows, writeRows } from './positions.repo.ts'

/** All investors of a fund, or some, in the order of their ids; who has no position is not among them. */
export async function readPositions(
  ctx: Ctx,
  { id, currency }: Pick<HeldFund, 'id' | 'currency'>,
  investorIds?: readonly string[],
): Promise<KeptPosition[]> {
  return (await readRows(ctx.db, id, investorIds)).map((row) => positionOf(row, currency))
}

/** Everything that has happened to investors of a fund, by investor; `positionOn` of it says how it stood on a day. */
export async function readHappenings(
  ctx: Ctx,
  fundId: string,
  investorIds?: readonly string[],
): Promise<Map<string, CommitmentEvent[]>> {
  const events = new Map<string, CommitmentEvent[]>()
  for (const row of await readEvents(ctx.db, fundId, investorIds)) {
    const own = events.get(row.investorId)
    if (own) own.push(eventOf(row))
    else events.set(row.investorId, [eventOf(row)])
  }
  return events
}

/** Something that happens to an investor. */
export interface PositionHappening {
  investorId: string
  event: CommitmentEvent
  source: { kind: 'commitment' | 'capital_call' | 'payment' | 'distribution'; id: string }
  commitmentId?: string
  reason?: string | undefined
}

/** What is kept beside the events; what is left out stays. */
export type Beside = Partial<Pick<KeptPosition, 'feeFree' | 'prepaid' | 'carries' | 'defaultedOn'>>

/**
 * Writes down what has happened to investors of a fund that is held, and keeps their positions with it, in the open
 * transaction: three statements, however many investors (one more when something is dated back).
 * @param beside by investor, what else changes
 * @param known positions that were read since the fund was held, and have not changed since: they are not read again
 * @returns the positions as they are now
 * @throws AppError unprocessable where a position would contradict itself (more recalled than can be, …)
 */
export async function happen(
  ctx: Ctx,
  fund: HeldFund,
  happenings: readonly PositionHappening[],
  beside: ReadonlyMap<string, Beside> = new Map(),
  known: readonly KeptPosition[] = [],
): Promise<KeptPosition[]> {
  const events = Map.groupBy(happenings, ({ investorId }) => investorId)
  const investorIds = [...new Set([...events.keys(), ...beside.keys()])]
  const before = new Map(known.map((each) => [each.investorId, each]))
  const unread = investorIds.filter((id) => !before.has(id))
  const read = unread.length > 0 ? await readPositions(ctx, fund, unread) : []
  for (const each of read) before.set(each.investorId, each)
  const backdated = investorIds.filter((id) => {
    const last = before.get(id)?.lastEventOn
    return last && events.get(id)?.some(({ event }) => event.date < last)
  })
  const isBackdated = new Set(backdated)
  const earlier = backdated.length > 0 ? await readHappenings(ctx, fund.id, backdated) : new Map()
  const after = investorIds.map((id): KeptPosition => {
    const own = events.get(id)?.map(({ event }) => event) ?? []
    const kept = before.get(id) ?? startOf(id)
    const folded = isBackdated.has(id) ? foldInto(nothing, [...(earlier.get(id) ?? []), ...own]) : foldInto(kept, own)
    return { ...kept, ...folded, ...beside.get(id), lastEventOn: lastOf(kept.lastEventOn, own) }
  })
  if (happenings.length > 0) await insertEvents(ctx.db, fund.id, happenings.map(rowOfHappening(ctx)), ctx.now())
  const rows = after.map((position) => rowOf(position, fund.currency))
  if (rows.length > 0) await writeRows(ctx.db, fund.id, rows, ctx.now())
  return after
}

/**
 * Folds everything anew that has happened to investors of a fund that is held, and keeps that; what stands beside the events
 * stays as it is.
 * @throws AppError unprocessable where events contradict themselves
 */
export async function rebuildPositions(ctx: Ctx, fund: HeldFund, investorIds: readonly string[]): Promise<void> {
  const kept = new Map((await readPositions(ctx, fund, investorIds)).map((each) => [each.investorId, each]))
  const happened = await readHappenings(ctx, fund.id, investorIds)
  const rows = investorIds.map((id) => {
    const events = happened.get(id) ?? []
    const position = {
      ...(kept.get(id) ?? startOf(id)),
      ...foldInto(nothing, events),
      lastEventOn: lastOf(null, events),
    }
    return rowOf(position, fund.currency)
  })
  if (rows.length > 0) await writeRows(ctx.db, fund.id, rows, ctx.now())
}

const rowOfHappening = (ctx: Ctx) => (happening: PositionHappening) => ({
  investorId: happening.investorId,
  commitmentId: happening.commitmentId ?? null,
  happenedOn: happening.event.date,
  kind: happening.event.kind,
  data: dataOf(happening.event),
  sourceKind: happening.source.kind,
  sourceId: happening.source.id,
  reason: happening.reason ?? null,
  actorId: ctx.actor.id,
})

const startOf = (investorId: string): KeptPosition => ({
  ...nothing,
  investorId,
  feeFree: 0n,
  prepaid: 0n,
  carries: {},
  defaultedOn: null,
  lastEventOn: null,
})

const lastOf = (before: string | null, events: readonly CommitmentEvent[]): string | null =>
  events.reduce<string | null>((last, { date }) => (last === null || date > last ? date : last), before)
