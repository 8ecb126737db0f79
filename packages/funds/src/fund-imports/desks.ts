// What each kind of file means: what is checked of its staged rows, and what is done with them.
import { FileRefused } from '@throughline/cells'
import type { FundImportKind } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { HeldFund } from '../books/index.ts'
import { countKnownReceipts, refuseRepeatedCommitments, resolveInvestors } from './checks.repo.ts'
import { addCommitments } from './commitment-rows.ts'
import type { ImportFile } from './imports.repo.ts'

interface Desk {
  /** Adds to the refused rows. @returns how many rows say what is known already */
  check(ctx: Ctx, fund: HeldFund, file: ImportFile): Promise<number>
  apply(ctx: Ctx, fund: HeldFund, file: ImportFile): Promise<void>
}

const notYet = (): never => {
  throw new FileRefused('Files of this kind are not taken yet.')
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
  BANK_RECEIPTS: {
    check: (ctx, fund) => countKnownReceipts(ctx.db, fund.id),
    apply: async () => notYet(),
  },
  NAV_MARKS: { check: async () => notYet(), apply: async () => notYet() },
  ALLOCATIONS: { check: async () => notYet(), apply: async () => notYet() },
}

/** @returns how many rows say what is known already */
export const checkStaged = (ctx: Ctx, fund: HeldFund, file: ImportFile): Promise<number> =>
  desks[file.kind].check(ctx, fund, file)

/** Does what the staged rows say, in the open transaction. A constant number of statements for so many rows. */
export const applyStaged = (ctx: Ctx, fund: HeldFund, file: ImportFile): Promise<void> =>
  desks[file.kind].apply(ctx, fund, file)
