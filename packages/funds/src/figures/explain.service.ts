// "Explain this number": the entries that a figure consists of.
import type { ExplainedFigure, LedgerEntryView, Page, PageQuery } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fundToRead } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { netAssetAccounts } from '../ledger/index.ts'
import { entryPage, type FigureLines, readEntriesOf } from '../trial-balance/index.ts'

const linesOf: Readonly<Record<ExplainedFigure, FigureLines>> = {
  called: { accounts: ['contributed_capital'], sign: -1 },
  paidIn: {
    accounts: ['call_receivable'],
    sign: -1,
    kinds: ['receipt', 'receipt_bounced', 'prepaid_applied'],
    without: 'owed',
  },
  outstanding: { accounts: ['call_receivable'], sign: 1, without: 'owed' },
  distributed: {
    accounts: ['returned_capital', 'distributed_gain', 'distributed_income'],
    sign: 1,
    without: 'carry',
  },
  prepaid: { accounts: ['prepaid_capital'], sign: -1 },
  nav: { accounts: netAssetAccounts, sign: 1 },
  drawn: { accounts: ['credit_line'], sign: -1 },
  fees: { accounts: ['management_fee', 'fund_expense', 'line_interest'], sign: 1 },
  income: { accounts: ['realised_gain', 'investment_income', 'late_interest'], sign: -1 },
  unrealised: { accounts: ['unrealised_gain'], sign: -1 },
}

/** Newest first, up to a day; the amount of each is what it adds to the figure. @throws AppError not_found */
export async function explainFigure(
  ctx: Ctx,
  { fundId, figure }: { fundId: string; figure: ExplainedFigure },
  { asOf, ...page }: PageQuery & { asOf?: string | undefined },
): Promise<Page<LedgerEntryView>> {
  const fund = await fundToRead(ctx, fundId)
  const through = asOf ?? dayIn(fund.timeZone, ctx.now())
  return entryPage(await readEntriesOf(ctx.db, fundId, linesOf[figure], { ...page, asOf: through }), page.limit)
}
