// Where investors pay to.
import { audit, type Encryption } from '@throughline/accounts'
import type { BankAccount, FundView, SetBankAccount } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { openAccount, sealAccount } from '../bank-accounts.ts'
import { writeWire } from './fund-writes.repo.ts'
import { getFund, heldToEdit } from './funds.service.ts'

const wireOf = (fundId: string): string => `fund_wire:${fundId}`

/** Replaces the account of a fund, or forgets it. The log says the mask alone. @throws AppError not_found, stale_version */
export function setFundWire(
  ctx: Ctx,
  encryption: Encryption,
  id: string,
  { account, version }: SetBankAccount,
): Promise<FundView> {
  return ctx.db.transaction(async () => {
    const { wireMask } = await heldToEdit(ctx, id, version)
    const kept = sealAccount(encryption, account, wireOf(id))
    await writeWire(ctx.db, id, kept, ctx.now())
    audit(ctx, {
      action: 'fund.wire_changed',
      subject: 'fund',
      subjectId: id,
      before: { wireMask },
      after: { wireMask: kept.mask },
    })
    emit(ctx, 'fund.changed', { fundId: id })
    return getFund(ctx, id)
  })
}

/** The whole account. Looking at it is a row of the audit log. @throws AppError not_found */
export function revealFundWire(ctx: Ctx, encryption: Encryption, id: string): Promise<BankAccount | null> {
  return ctx.db.transaction(async () => {
    const { wireSealed } = await heldToEdit(ctx, id, undefined)
    audit(ctx, { action: 'fund.wire_viewed', subject: 'fund', subjectId: id })
    return openAccount(encryption, wireSealed, wireOf(id))
  })
}
