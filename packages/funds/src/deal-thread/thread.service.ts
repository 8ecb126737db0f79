// From the won deal to what it is worth: the money of a deal on one line of time, and the entries behind each number.
import {
  AppError,
  type DealInFund,
  type DealThread,
  type LedgerEntryView,
  type Page,
  type PageQuery,
  type ThreadEntriesQuery,
  type ThreadEvent,
} from '@throughline/contracts'
import { type Ctx, toPage } from '@throughline/db'
import { dealToSee } from '../allocations/index.ts'
import { dayIn } from '../calendar-days.ts'
import { exponentOf, fromMinor, toMinor } from '../minor-units.ts'
import { entryPage } from '../trial-balance/index.ts'
import {
  eventCursorOf,
  type FiguresRow,
  readThreadEntries,
  readThreadEvents,
  readThreadFigures,
} from './thread.repo.ts'
import { type EventRow, explanationOf, figuresOf, standingOf } from './thread.rules.ts'
import { readThreadFunds, type ThreadFund } from './thread-parts.repo.ts'

const fundsOf = async (ctx: Ctx, dealId: string): Promise<ThreadFund[]> =>
  (await readThreadFunds(ctx.db, dealId)).map((fund) => ({
    ...fund,
    today: dayIn(fund.timeZone, ctx.now()),
    digits: exponentOf(fund.currency),
  }))

/** As the currency writes it. */
const shown = (decimal: string, currency: string): string => fromMinor(toMinor(decimal, currency), currency)

function inFund({ id, name, currency, today }: ThreadFund, row: FiguresRow): DealInFund {
  const figures = figuresOf(row.figures, (decimal) => shown(decimal, currency))
  return {
    fundId: id,
    fundName: name,
    currency,
    asOf: today,
    allocated: shown(row.allocated, currency),
    coInvested: shown(row.coInvested, currency),
    figures,
    ...standingOf(figures, row.nav, currency),
    markedOn: row.markedOn,
    nav: shown(row.nav, currency),
  }
}

function toEvent(row: EventRow): ThreadEvent {
  const money = (decimal: string | null) => (decimal === null ? null : shown(decimal, row.currency))
  const { id, on, kind, fundId, number, title, note, currency, sourceKind, sourceId } = row
  return {
    ...{ id, on, kind, fundId, number, title, note, currency },
    amount: money(row.amount),
    whole: money(row.whole),
    received: money(row.received),
    source: { kind: sourceKind, id: sourceId },
    explanation: explanationOf(row),
  }
}

/**
 * What happened to a deal and its money, oldest first, with where each fund stands with it: four questions, whatever the
 * number of funds, calls and investors. Drafts are in none of it.
 * @throws AppError not_found, also for a deal that the caller does not see
 */
export async function dealThread(ctx: Ctx, dealId: string, query: PageQuery): Promise<DealThread> {
  const deal = await dealToSee(ctx, dealId)
  const funds = await fundsOf(ctx, dealId)
  const { id, title, value, currency, stage, closedAt } = deal
  const byId = new Map((await readThreadFigures(ctx.db, { dealId, funds })).map((row) => [row.fundId, row]))
  const rows = await readThreadEvents(ctx.db, { dealId, funds }, { ...query, currency })
  return {
    deal: { id, title, value, currency, isWon: stage === 'CLOSED_WON', closedAt: closedAt?.toISOString() ?? null },
    funds: funds.flatMap((fund) => {
      const row = byId.get(fund.id)
      return row ? [inFund(fund, row)] : []
    }),
    ...toPage(rows, query.limit, eventCursorOf, toEvent),
  }
}

/**
 * The entries that a number of the thread consists of, newest first, with what each adds to it.
 * @throws AppError not_found for a deal that the caller does not see, and for a fund that has nothing to do with it
 */
export async function explainThread(
  ctx: Ctx,
  dealId: string,
  query: ThreadEntriesQuery,
): Promise<Page<LedgerEntryView>> {
  await dealToSee(ctx, dealId)
  const funds = await fundsOf(ctx, dealId)
  if (!funds.some(({ id }) => id === query.fundId))
    throw new AppError('not_found', { message: 'This fund has nothing of the deal.' })
  return entryPage(await readThreadEntries(ctx.db, { dealId, funds }, query), query.limit)
}
