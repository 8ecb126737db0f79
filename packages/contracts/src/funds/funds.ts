import * as z from 'zod'
import { currency, dateOnly, id, instant, line, pageOf, pageQuery, text, version } from '../common.ts'
import { fundTerms } from './terms.ts'

export const fundStates = ['OPEN', 'CLOSED'] as const
export type FundState = (typeof fundStates)[number]

/** Money with a sign, as sums of a fund have it. */
const sum = z.string()
/** Of all investors of a fund, as of the day in its zone. */
export const fundTotals = z
  .object({
    investors: z.number().int(),
    commitment: sum,
    /** Inside of the commitments. */
    called: sum,
    /** Fees and expenses that were called beside the commitments. */
    calledOutside: sum,
    /** What can be called yet, recallable distributions included. */
    uncalled: sum,
    /** Settled on calls, inside and outside of the commitments. */
    paidIn: sum,
    /** Called, and neither paid nor written off. */
    outstanding: sum,
    /** Paid beyond what was due: owed to investors, and in no other figure here. */
    prepaid: sum,
    distributed: sum,
  })
  .meta({ id: 'FundTotals' })
export type FundTotals = z.infer<typeof fundTotals>

export const fundSummary = z
  .object({
    id,
    name: z.string(),
    currency,
    timeZone: z.string(),
    vintage: z.number().int(),
    state: z.enum(fundStates),
    /** The day that it is in the fund's zone: what the totals are of. */
    asOf: dateOnly,
    totals: fundTotals,
  })
  .meta({ id: 'FundSummary' })
export type FundSummary = z.infer<typeof fundSummary>
export const fundPage = pageOf(fundSummary).meta({ id: 'FundPage' })

export const fundView = fundSummary
  .extend({
    legalName: z.string(),
    terms: fundTerms,
    /** What may be shown of the account that investors pay to. */
    wireMask: z.string().nullable(),
    /** Nothing is posted with an effective date up to this day. */
    lockedThrough: dateOnly.nullable(),
    version: z.number().int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Fund' })
export type FundView = z.infer<typeof fundView>

export const listFunds = pageQuery
export type ListFunds = z.infer<typeof listFunds>

const timeZone = z
  .string()
  .max(64)
  .refine((zone) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone), {
    message: 'must be an IANA time zone like Europe/Amsterdam',
  })
const fundFields = {
  name: line(120),
  legalName: line(200),
  currency,
  /** The days of the fund are days there. */
  timeZone,
  vintage: z.int().min(1980).max(2100),
  terms: fundTerms,
}
export const createFund = z.strictObject({ ...fundFields, terms: fundTerms.prefault({}) }).meta({ id: 'CreateFund' })
export type CreateFund = z.infer<typeof createFund>
/** `terms` are given whole. */
export const updateFund = z
  .strictObject({ ...fundFields, version })
  .partial()
  .meta({ id: 'UpdateFund' })
export type UpdateFund = z.infer<typeof updateFund>
export const closeFund = z.strictObject({ reason: line(500), version: version.optional() }).meta({ id: 'CloseFund' })
export type CloseFund = z.infer<typeof closeFund>

/** The remainder of ISO 13616: one of an IBAN that was typed rightly. */
function ibanRemainder(iban: string): number {
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)
}
/** An account at a bank, as money is wired to it. Never in a list, a log or an event. */
export const bankAccount = z
  .strictObject({
    holder: line(200),
    bank: line(200),
    /** An IBAN, or a number as the country has it. */
    account: z
      .string()
      .trim()
      .toUpperCase()
      .overwrite((typed) => typed.replace(/[\s-]/g, ''))
      .regex(/^[A-Z0-9]{4,34}$/, 'must be letters and digits of an account')
      .refine((account) => !/^[A-Z]{2}\d{2}/.test(account) || ibanRemainder(account) === 1, {
        message: 'is no IBAN: its check digits do not fit',
      }),
    bic: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/, 'must be 8 or 11 letters and digits')
      .nullable()
      .default(null),
    /** Sort code, routing number: what the country asks for beside the account. */
    routing: text(40).default(''),
    note: text(500).default(''),
  })
  .meta({ id: 'BankAccount' })
export type BankAccount = z.infer<typeof bankAccount>
export const setBankAccount = z
  .strictObject({ account: bankAccount.nullable(), version: version.optional() })
  .meta({ id: 'SetBankAccount' })
export type SetBankAccount = z.infer<typeof setBankAccount>
export const bankAccountAnswer = z.object({ account: bankAccount.nullable() }).meta({ id: 'BankAccountAnswer' })
