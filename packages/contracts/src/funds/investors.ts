import * as z from 'zod'
import { currency, dateOnly, id, instant, line, pageOf, pageQuery, version } from '../common.ts'
import { countryCodes } from '../crm/countries.ts'
import { fundStates } from './funds.ts'

export const investorKinds = ['PERSON', 'ENTITY'] as const
export type InvestorKind = (typeof investorKinds)[number]

const code = z
  .string()
  .trim()
  .toUpperCase()
  .max(30)
  .regex(/^[A-Z0-9][A-Z0-9-]*$/, 'must be letters, digits and hyphens like LP-0007')
const country = z
  .string()
  .trim()
  .toUpperCase()
  .refine((each) => countryCodes.includes(each), 'must be a country code like DE')

/** Somebody at the investor, and whether notices go there. */
export const investorContact = z.strictObject({
  name: line(120),
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  notices: z.boolean().default(true),
})
export type InvestorContact = z.infer<typeof investorContact>

const fields = {
  name: line(200),
  kind: z.enum(investorKinds),
  taxCountry: country.nullable(),
  contacts: z.array(investorContact).max(20),
  /** Names under which the investor's bank pays: they help to match receipts. */
  payerNames: z.array(line(140)).max(20),
  /** The same party on the deal desk. */
  companyId: id.nullable(),
  contactId: id.nullable(),
}
export const createInvestor = z
  .strictObject({
    ...fields,
    /** What stands in payment references. Given by us when left out. */
    code: code.optional(),
    taxCountry: fields.taxCountry.default(null),
    contacts: fields.contacts.default([]),
    payerNames: fields.payerNames.default([]),
    companyId: fields.companyId.default(null),
    contactId: fields.contactId.default(null),
  })
  .meta({ id: 'CreateInvestor' })
export type CreateInvestor = z.infer<typeof createInvestor>
export const updateInvestor = z
  .strictObject({ ...fields, code, version })
  .partial()
  .meta({ id: 'UpdateInvestor' })
export type UpdateInvestor = z.infer<typeof updateInvestor>

export const investorView = z
  .object({
    id,
    code: z.string(),
    name: z.string(),
    kind: z.enum(investorKinds),
    taxCountry: z.string().nullable(),
    contacts: z.array(z.object({ name: z.string(), email: z.string(), notices: z.boolean() })),
    payerNames: z.array(z.string()),
    companyId: id.nullable(),
    contactId: id.nullable(),
    /** What may be shown of the account that distributions go to. */
    bankMask: z.string().nullable(),
    version: z.number().int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Investor' })
export type InvestorView = z.infer<typeof investorView>
export const investorPage = pageOf(investorView).meta({ id: 'InvestorPage' })

const q = z.string().trim().max(200).optional()
export const listInvestors = pageQuery.extend({ q })
export type ListInvestors = z.infer<typeof listInvestors>

const sum = z.string()
/** Where one investor stands in one fund, in its currency. */
export const positionFigures = z
  .object({
    commitment: sum,
    /** Of it, what pays no management fee. */
    feeFree: sum,
    called: sum,
    calledOutside: sum,
    uncalled: sum,
    paidIn: sum,
    outstanding: sum,
    released: sum,
    distributed: sum,
    /** What of distributions can be called back on the day. */
    recallable: sum,
    prepaid: sum,
  })
  .meta({ id: 'PositionFigures' })
export type PositionFigures = z.infer<typeof positionFigures>

export const investorDetail = investorView
  .extend({
    positions: z.array(
      z.object({
        fundId: id,
        fundName: z.string(),
        fundState: z.enum(fundStates),
        currency,
        asOf: dateOnly,
        defaultedOn: dateOnly.nullable(),
        figures: positionFigures,
      }),
    ),
  })
  .meta({ id: 'InvestorDetail' })
export type InvestorDetail = z.infer<typeof investorDetail>

export const listFundInvestors = pageQuery.extend({ q })
export type ListFundInvestors = z.infer<typeof listFundInvestors>
export const fundInvestorView = z
  .object({
    investorId: id,
    code: z.string(),
    name: z.string(),
    kind: z.enum(investorKinds),
    defaultedOn: dateOnly.nullable(),
    figures: positionFigures,
  })
  .meta({ id: 'FundInvestor' })
export type FundInvestorView = z.infer<typeof fundInvestorView>
export const fundInvestorPage = pageOf(fundInvestorView).extend({ asOf: dateOnly }).meta({ id: 'FundInvestorPage' })
