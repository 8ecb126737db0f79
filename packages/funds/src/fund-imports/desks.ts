// What each kind of file means: what is checked of its staged rows, and what is done with them.
import type { FundImportKind } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { HeldFund } from '../books/index.ts'
import { addAllocations, checkShares } from './allocation-rows.ts'
import {
  countKnownReceipts,
  refuseRepeatedCommitments,
  refuseRepeatedDeals,
  refuseStoredAllocations,
  refuseStoredMarks,
  resolveInvestors,
} from './checks.repo.ts'
import { addCommitments } from './commitment-rows.ts'
import { resolveDeals } from './deal-names.ts'
import type { ImportFile } from './imports.repo.ts'
import { addMarks } from './mark-rows.ts'
import { addReceipts } from './receipt-rows.ts'

interface Desk {
  /** Adds to the refused rows. @returns how many rows say what is known already */
  check(ctx: Ctx, fund: HeldFund, file: ImportFile): Promise<number>
  /** Does what the staged rows say, in the open transaction. */
  apply(ctx: Ctx, fund: HeldFund, file: ImportFile): Promise<void>
}

const desks: Readonly<Record<FundImportKind, Desk>> = {
  COMMITMENTS: {
    async check(ctx, fund, { options }) {
      await resolveInvestors(ctx.db, { unknownToo: options.createInvestors })
      await refuseRepeatedCommitments(ctx.db, fund.id)
      return 0
    },
    apply: addCommitments,
  },
  BANK_RECEIPTS: { check: (ctx, fund) => countKnownReceipts(ctx.db, fund.id), apply: addReceipts },
  NAV_MARKS: {
    async check(ctx, fund) {
      await resolveDeals(ctx, fund)
      await refuseRepeatedDeals(ctx.db)
      await refuseStoredMarks(ctx.db, fund.id)
      return 0
    },
    apply: addMarks,
  },
  ALLOCATIONS: {
    async check(ctx, fund, file) {
      await resolveInvestors(ctx.db, { unknownToo: false })
      await resolveDeals(ctx, fund)
      await refuseRepeatedDeals(ctx.db)
      await refuseStoredAllocations(ctx.db, fund.id)
      await checkShares(ctx, file)
      return 0
    },
    apply: addAllocations,
  },
}

/** @returns how many rows say what is known already */
export const checkStaged = (ctx: Ctx, fund: HeldFund, file: ImportFile): Promise<number> =>
  desks[file.kind].check(ctx, fund, file)

export const applyStaged = (ctx: Ctx, fund: HeldFund, file: ImportFile): Promise<void> =>
  desks[file.kind].apply(ctx, fund, file)
