// Which deals the rows of a file mean.
import { FileRefused } from '@throughline/cells'
import type { Ctx } from '@throughline/db'
import { readDealsNamed, type WonDeal } from '../allocations/index.ts'
import type { HeldFund } from '../books/index.ts'
import { readDealWords, writeDeals } from './checks.repo.ts'

/** A file names the holdings of one fund: more names than this are no names. */
const mostDeals = 5000

/** By id or title. @throws FileRefused for a file with too many names */
export async function resolveDeals(ctx: Ctx, fund: HeldFund): Promise<void> {
  const words = await readDealWords(ctx.db, mostDeals)
  if (words.length > mostDeals) throw new FileRefused(`The file names more than ${mostDeals} deals.`)
  const byWord = Map.groupBy(await readDealsNamed(ctx.db, words), ({ word }) => word)
  await writeDeals(
    ctx.db,
    words.map((word) => ({ word, ...meant(word, byWord.get(word) ?? [], fund) })),
  )
}

function meant(
  word: string,
  deals: readonly WonDeal[],
  { currency, name }: HeldFund,
): { dealId: string | null; reason: string | null } {
  const [deal] = deals
  const shown = `"${word.slice(0, 60)}"`
  if (!deal) return { dealId: null, reason: `Deal ${shown} is not known.` }
  if (deals.length > 1) return { dealId: null, reason: `${deals.length} deals are called ${shown}: use the id.` }
  if (deal.stage !== 'CLOSED_WON') return { dealId: deal.id, reason: `Deal ${shown} is not won.` }
  if (deal.currency !== currency)
    return { dealId: deal.id, reason: `Deal ${shown} is in ${deal.currency}, ${name} in ${currency}.` }
  return { dealId: deal.id, reason: null }
}
