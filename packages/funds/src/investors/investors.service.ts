// Use cases of investors. Every write: rule, row, audit and event in one transaction.
import { randomUUIDv7 } from 'node:crypto'
import { audit, type Encryption } from '@throughline/accounts'
import {
  AppError,
  type BankAccount,
  type CreateInvestor,
  type InvestorDetail,
  type InvestorView,
  type ListInvestors,
  type Page,
  type SetBankAccount,
  type UpdateInvestor,
} from '@throughline/contracts'
import { type Ctx, toPage, violates } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { openAccount, sealAccount } from '../bank-accounts.ts'
import { findInvestorDetail, findInvestors } from './investor-reads.repo.ts'
import {
  findInvestor,
  type InvestorRow,
  type InvestorValues,
  insertInvestor,
  lockInvestor,
  nextCode,
  partiesExist,
  writeBank,
  writeInvestor,
} from './investors.repo.ts'

export const noSuchInvestor = () => new AppError('not_found', { message: 'There is no such investor.' })
const bankOf = (investorId: string): string => `investor_bank:${investorId}`

const toView = ({ createdAt, updatedAt, ...row }: InvestorRow): InvestorView => ({
  ...row,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

/** Investors by name, searched by name and code. */
export const listInvestors = async (ctx: Ctx, query: ListInvestors): Promise<Page<InvestorView>> =>
  toPage(await findInvestors(ctx.db, query), query.limit, ({ name, id }) => [name, id], toView)

/** One investor with where it stands in every fund today. @throws AppError not_found */
export async function getInvestor(ctx: Ctx, id: string): Promise<InvestorDetail> {
  const row = await findInvestorDetail(ctx.db, id, ctx.now())
  if (!row) throw noSuchInvestor()
  return { ...toView(row), positions: row.positions }
}

async function viewOf(ctx: Ctx, id: string): Promise<InvestorView> {
  const row = await findInvestor(ctx.db, id)
  if (!row) throw noSuchInvestor()
  return toView(row)
}

/** @throws AppError validation_failed for a company or contact that the firm does not have */
async function checkParties(ctx: Ctx, values: Pick<InvestorValues, 'companyId' | 'contactId'>): Promise<void> {
  const exists = await partiesExist(ctx.db, values)
  const issues = [
    ...(exists.company ? [] : [{ path: 'body.companyId', message: 'There is no such company.' }]),
    ...(exists.contact ? [] : [{ path: 'body.contactId', message: 'There is no such contact.' }]),
  ]
  if (issues.length > 0) throw new AppError('validation_failed', { details: { issues } })
}

async function unlessCodeTaken(code: string, work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!violates(error, 'investors_by_code')) throw error
    throw new AppError('conflict', { message: `Another investor has the code ${code}.` })
  }
}

/** @throws AppError conflict when the code is taken; validation_failed */
export function createInvestor(ctx: Ctx, input: CreateInvestor): Promise<InvestorView> {
  return ctx.db.transaction(async () => {
    await checkParties(ctx, input)
    const values: InvestorValues = { ...input, code: input.code ?? (await nextCode(ctx.db)) }
    const id = randomUUIDv7()
    await unlessCodeTaken(values.code, insertInvestor(ctx.db, id, values, ctx.now()))
    audit(ctx, { action: 'investor.created', subject: 'investor', subjectId: id, after: values })
    emit(ctx, 'investor.changed', { investorId: id })
    return viewOf(ctx, id)
  })
}

/** The investor, held, if nobody has changed it since. @throws AppError not_found, stale_version */
async function held(ctx: Ctx, id: string, version: number | undefined) {
  const row = await lockInvestor(ctx.db, id)
  if (!row) throw noSuchInvestor()
  if (version !== undefined && version !== row.version) throw new AppError('stale_version')
  return row
}

const valuesOf = ({ code, name, kind, taxCountry, contacts, payerNames, companyId, contactId }: InvestorRow) => ({
  ...{ code, name, kind, taxCountry, contacts, payerNames, companyId, contactId },
})

/** @throws AppError not_found, stale_version, validation_failed, conflict when the code is taken */
export function updateInvestor(ctx: Ctx, id: string, { version, ...input }: UpdateInvestor): Promise<InvestorView> {
  return ctx.db.transaction(async () => {
    const before = valuesOf(await held(ctx, id, version))
    const after: InvestorValues = { ...before, ...input }
    if (input.companyId || input.contactId) await checkParties(ctx, after)
    await unlessCodeTaken(after.code, writeInvestor(ctx.db, id, after, ctx.now()))
    audit(ctx, { action: 'investor.updated', subject: 'investor', subjectId: id, before, after })
    emit(ctx, 'investor.changed', { investorId: id })
    return viewOf(ctx, id)
  })
}

/** Replaces where distributions go to, or forgets it. The log says the mask alone. @throws AppError not_found, stale_version */
export function setInvestorBank(
  ctx: Ctx,
  encryption: Encryption,
  id: string,
  { account, version }: SetBankAccount,
): Promise<InvestorView> {
  return ctx.db.transaction(async () => {
    const { bankMask } = await held(ctx, id, version)
    const kept = sealAccount(encryption, account, bankOf(id))
    await writeBank(ctx.db, id, kept, ctx.now())
    audit(ctx, {
      action: 'investor.bank_changed',
      subject: 'investor',
      subjectId: id,
      before: { bankMask },
      after: { bankMask: kept.mask },
    })
    emit(ctx, 'investor.changed', { investorId: id })
    return viewOf(ctx, id)
  })
}

/** The whole account. Looking at it is a row of the audit log. @throws AppError not_found */
export function revealInvestorBank(ctx: Ctx, encryption: Encryption, id: string): Promise<BankAccount | null> {
  return ctx.db.transaction(async () => {
    const { bankSealed } = await held(ctx, id, undefined)
    audit(ctx, { action: 'investor.bank_viewed', subject: 'investor', subjectId: id })
    return openAccount(encryption, bankSealed, bankOf(id))
  })
}
