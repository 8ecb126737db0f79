// Who invests in the demo's funds, and with what.
import { createInvestor, fundTerms } from '@throughline/contracts'

export interface SeedInvestor {
  code: string
  name: string
  kind: 'PERSON' | 'ENTITY'
  taxCountry: string
  amount: string
  /** Somebody there gets the notices by mail: few, so that the demo's mail folder stays readable. */
  mailed?: true
  /** The general partner's own, which pays no management fee. */
  feeFree?: true
}

export interface FundPlan {
  name: string
  legalName: string
  timeZone: string
  account: { holder: string; bank: string; account: string; bic: string | null; routing: string }
  investors: readonly SeedInvestor[]
  /** Won deals below this are too small for the fund. */
  dealsFrom: string
}

export const growthFund: FundPlan = {
  name: 'Growth Fund II',
  legalName: 'Acme Growth Fund II, L.P.',
  timeZone: 'America/New_York',
  account: {
    holder: 'Acme Growth Fund II, L.P.',
    bank: 'First Harbor Trust',
    account: '4481200173',
    bic: null,
    routing: '021000089',
  },
  dealsFrom: '350000',
  investors: [
    {
      code: 'LP-0001',
      name: 'Northgate Pension Fund',
      kind: 'ENTITY',
      taxCountry: 'US',
      amount: '950000',
      mailed: true,
    },
    { code: 'LP-0002', name: 'Larkspur University Endowment', kind: 'ENTITY', taxCountry: 'US', amount: '750000' },
    { code: 'LP-0003', name: 'Meridian Mutual Insurance', kind: 'ENTITY', taxCountry: 'US', amount: '650000' },
    { code: 'LP-0004', name: 'Oakline Fund of Funds', kind: 'ENTITY', taxCountry: 'LU', amount: '500000' },
    { code: 'LP-0005', name: 'Tidewater Foundation', kind: 'ENTITY', taxCountry: 'US', amount: '450000' },
    { code: 'LP-0006', name: 'Helvetia Family Office', kind: 'ENTITY', taxCountry: 'CH', amount: '400000' },
    { code: 'LP-0007', name: 'Castellan Holdings', kind: 'ENTITY', taxCountry: 'GB', amount: '300000' },
    { code: 'LP-0008', name: 'Blue Fjord Invest', kind: 'ENTITY', taxCountry: 'NO', amount: '300000' },
    { code: 'LP-0009', name: 'Kestrel Wealth Partners', kind: 'ENTITY', taxCountry: 'US', amount: '250000' },
    { code: 'LP-0010', name: 'Petra Lindholm', kind: 'PERSON', taxCountry: 'SE', amount: '150000', mailed: true },
    { code: 'LP-0011', name: 'Samuel Adeyemi', kind: 'PERSON', taxCountry: 'US', amount: '200000' },
    { code: 'GP-0001', name: 'Acme Capital GP II', kind: 'ENTITY', taxCountry: 'US', amount: '100000', feeFree: true },
  ],
}

export const seedFund: FundPlan = {
  name: 'Seed Fund I',
  legalName: 'Globex Seed Fund I Coöperatief U.A.',
  timeZone: 'Europe/Amsterdam',
  account: {
    holder: 'Globex Seed Fund I Coöperatief U.A.',
    bank: 'Grachtenbank',
    account: 'NL91ABNA0417164300',
    bic: 'ABNANL2A',
    routing: '',
  },
  dealsFrom: '200000',
  investors: [
    {
      code: 'LP-0001',
      name: 'Stichting Polderfonds',
      kind: 'ENTITY',
      taxCountry: 'NL',
      amount: '600000',
      mailed: true,
    },
    { code: 'LP-0002', name: 'Rhein-Main Beteiligungen', kind: 'ENTITY', taxCountry: 'DE', amount: '450000' },
    { code: 'LP-0003', name: 'Atelier Vasseur', kind: 'ENTITY', taxCountry: 'FR', amount: '250000' },
    { code: 'LP-0004', name: 'Ingrid Halvorsen', kind: 'PERSON', taxCountry: 'NO', amount: '150000' },
    {
      code: 'GP-0001',
      name: 'Globex Growth Partners',
      kind: 'ENTITY',
      taxCountry: 'NL',
      amount: '50000',
      feeFree: true,
    },
  ],
}

const domainOf = (name: string): string => `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`

export const investorOf = ({ code, name, kind, taxCountry, mailed }: SeedInvestor) =>
  createInvestor.parse({
    ...{ code, name, kind, taxCountry, payerNames: [name] },
    contacts: [
      {
        name: kind === 'PERSON' ? name : 'Investor services',
        email: `notices@${domainOf(name)}`,
        notices: mailed === true,
      },
    ],
  })

/** 2 % of the commitments from the first close on, ILPA's ten days of notice, carry over a preferred return of 8 %, a fifth of a commitment to be recycled. */
export const termsFrom = (firstClose: string) =>
  fundTerms.parse({
    feeSteps: [{ from: firstClose, rate: '2', base: 'commitments' }],
    tolerance: '25.00',
    recyclingCap: '20',
  })
