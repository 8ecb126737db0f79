// Allocations from a file, each as if it had been made by hand; shares have to come to the whole deal.
import { CellError } from '@throughline/cells'
import type { Ctx } from '@throughline/db'
import * as z from 'zod'
import { createAllocationHeld } from '../allocations/index.ts'
import type { HeldFund } from '../books/index.ts'
import { restOfShares } from '../csv/index.ts'
import { decimalOf, rational } from '../rational.ts'
import { refused } from '../refused.ts'
import { findInvestorNamed, readShares, refuseLines } from './checks.repo.ts'
import type { ImportFile } from './imports.repo.ts'
import { onLine } from './line-refused.ts'
import { readyRows } from './staging.repo.ts'

const atOnce = 500
const allocationRow = z.object({
  tranche: z.int(),
  amount: z.string().nullable(),
  percent: z.string().nullable(),
  allocatedOn: z.string().nullable(),
  externalRef: z.string().nullable(),
})

/** Refuses the rows of deals whose shares are not 100.00 %, and a party for the rest that nobody is. */
export async function checkShares(ctx: Ctx, { options: { restTo } }: ImportFile): Promise<void> {
  const isNobody = restTo !== null && (await findInvestorNamed(ctx.db, restTo)) === undefined
  for (const { deal, lines, shares } of await readShares(ctx.db)) {
    if (isNobody) await refuseLines(ctx.db, lines, `Nobody is "${restTo}", who is to take what is left.`)
    const reason = unlessWhole(deal, shares, restTo)
    if (reason !== undefined) await refuseLines(ctx.db, lines, reason)
  }
}

function unlessWhole(deal: string, shares: readonly string[], restTo: string | null): string | undefined {
  try {
    restOfShares(shares.map(BigInt), deal, restTo)
    return undefined
  } catch (error) {
    if (error instanceof CellError) return error.message
    throw error
  }
}

/** Ten thousandths of a per cent as `33.3333`. */
const percentOf = (share: bigint): string => decimalOf(rational(share, 10_000n), 4)

export async function addAllocations(ctx: Ctx, fund: HeldFund, { options: { restTo } }: ImportFile): Promise<void> {
  for await (const rows of readyRows(ctx.db, atOnce))
    for (const { line, dealId, investorId, row } of rows) {
      if (dealId === null) throw new Error('a row that was found good has its deal')
      const { tranche, amount, percent, allocatedOn, externalRef } = allocationRow.parse(row)
      const allocation = {
        ...{ dealId, investorId, tranche, externalRef },
        ...(amount !== null && { amount }),
        ...(percent !== null && { percent: percentOf(BigInt(percent)) }),
        ...(allocatedOn !== null && { allocatedOn }),
      }
      await onLine(line, createAllocationHeld(ctx, fund, allocation))
    }
  if (restTo !== null) await addRests(ctx, fund, restTo)
}

/** What is left of each deal goes to the party that the file names for it. */
async function addRests(ctx: Ctx, fund: HeldFund, restTo: string): Promise<void> {
  const investorId = await findInvestorNamed(ctx.db, restTo)
  if (investorId === undefined) throw refused(`Nobody is "${restTo}", who is to take what is left.`)
  for (const { dealId, deal, lines, shares } of await readShares(ctx.db)) {
    const rest = restOfShares(shares.map(BigInt), deal, restTo)
    const place = { dealId, investorId, tranche: 1, externalRef: null }
    if (rest > 0n) await onLine(lines[0] ?? 1, createAllocationHeld(ctx, fund, { ...place, percent: percentOf(rest) }))
  }
}
