// What people decide about receipts: where their money goes, that it is none of an investor's, who looks at it.
import { audit, isActiveMember } from '@throughline/accounts'
import {
  AppError,
  type AssignReceipt,
  type IgnoreReceipt,
  type MatchReceiptBody,
  type ReceiptChanged,
  type ReceiptState,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fromMinor, sumOf, toMinor } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { bookReceipts } from './book-receipts.ts'
import { paymentsChanged, receiptToChange } from './receipt-to-change.ts'
import { type StoredReceipt, writeRemarks, writeStates } from './receipts.repo.ts'
import { receiptAfter } from './receipts-reads.ts'

const open: readonly ReceiptState[] = ['UNMATCHED', 'PROPOSED']
const notOpen = 'Somebody has decided about this receipt already.'

/**
 * Books a receipt as a person says, in one part or several.
 * @throws AppError not_found, stale_version, illegal_transition; unprocessable where the parts are not the receipt
 */
export function confirmMatch(
  ctx: Ctx,
  receiptId: string,
  { version, parts: given }: MatchReceiptBody,
): Promise<ReceiptChanged> {
  return ctx.db.transaction(async () => {
    const { fund, receipt } = await receiptToChange(ctx, receiptId, { version, from: open, instead: notOpen })
    const parts = given.map((part) => ({ ...part, amount: toMinor(part.amount, fund.currency) }))
    const sum = sumOf(parts.map(({ amount }) => amount))
    if (sum !== toMinor(receipt.amount, fund.currency))
      throw refused(`The parts are ${fromMinor(sum, fund.currency)}, the receipt is ${receipt.amount}.`)
    await bookReceipts(ctx, fund, [{ receiptId, on: receipt.valueDate, parts }])
    await writeStates(ctx.db, [{ id: receiptId, state: 'MATCHED', match: null }], ctx.now())
    audit(ctx, {
      action: 'bank_receipt.matched',
      subject: 'bank_receipt',
      subjectId: receiptId,
      after: { parts: given },
    })
    paymentsChanged(ctx, fund.id, { receiptId })
    return receiptAfter(ctx, fund, receiptId)
  })
}

/**
 * No investor's money, with a note why; without one, back into the inbox.
 * @throws AppError not_found, stale_version, illegal_transition
 */
export function ignoreReceipt(ctx: Ctx, receiptId: string, { version, note }: IgnoreReceipt): Promise<ReceiptChanged> {
  const from: readonly ReceiptState[] = note === null ? ['IGNORED'] : open
  return remark(ctx, receiptId, {
    ...{ version, from, action: note === null ? 'bank_receipt.taken_back' : 'bank_receipt.ignored' },
    change: () => ({ state: note === null ? 'UNMATCHED' : 'IGNORED', note }),
  })
}

/** Who has to look at it. @throws AppError not_found, stale_version, illegal_transition */
export function assignReceipt(
  ctx: Ctx,
  receiptId: string,
  { version, ownerId }: AssignReceipt,
): Promise<ReceiptChanged> {
  return remark(ctx, receiptId, {
    ...{ version, from: open, action: 'bank_receipt.assigned' },
    change: async () => {
      if (ownerId !== null && !(await isActiveMember(ctx.db, ownerId)))
        throw new AppError('not_found', { message: 'There is no such member.' })
      return { ownerId }
    },
  })
}

type Remark = Partial<Pick<StoredReceipt, 'state' | 'note' | 'ownerId'>>

function remark(
  ctx: Ctx,
  receiptId: string,
  {
    version,
    from,
    action,
    change,
  }: { version: number; from: readonly ReceiptState[]; action: string; change(): Remark | Promise<Remark> },
): Promise<ReceiptChanged> {
  return ctx.db.transaction(async () => {
    const { fund, receipt } = await receiptToChange(ctx, receiptId, { version, from, instead: notOpen })
    const { state, note, ownerId } = receipt
    const after = await change()
    await writeRemarks(ctx.db, receiptId, { state, note, ownerId, ...after, now: ctx.now() })
    audit(ctx, { action, subject: 'bank_receipt', subjectId: receiptId, before: { state, note, ownerId }, after })
    paymentsChanged(ctx, fund.id, { receiptId })
    return receiptAfter(ctx, fund, receiptId)
  })
}
