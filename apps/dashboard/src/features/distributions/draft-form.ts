// A distribution as it stands in the form, and what is sent of it. Pure.
import { type DistributionDetail, type DraftDistribution, isSome } from '@throughline/contracts'
import type { Picked } from '@throughline/ui'
import { plainAmount } from '../calls/wizard-draft.ts'

export const amountNames = ['returnOfCapital', 'gain', 'income', 'recallable'] as const
export type AmountName = (typeof amountNames)[number]
export const amountLabels: Readonly<Record<AmountName, string>> = {
  returnOfCapital: 'Return of capital',
  gain: 'Gain',
  income: 'Income',
  recallable: 'Recallable, of the return of capital',
}

/** A tax rate of a country or an investor; `key` is of the row on the screen. */
export interface CountryRate {
  key: string
  country: string
  rate: string
}
export interface InvestorRate {
  key: string
  investor: Picked | null
  rate: string
}

export interface DraftForm extends Record<AmountName, string> {
  title: string
  distributedOn: string
  dealId: string | null
  method: 'commitment' | 'waterfall'
  carryInvestor: Picked | null
  byCountry: readonly CountryRate[]
  byInvestor: readonly InvestorRate[]
}

export const emptyForm = (today: string): DraftForm => ({
  ...{ title: '', distributedOn: today, dealId: null, method: 'commitment', carryInvestor: null },
  ...{ returnOfCapital: '', gain: '', income: '', recallable: '' },
  ...{ byCountry: [], byInvestor: [] },
})

const shown = (amount: string): string => (Number(amount) === 0 ? '' : amount)

/** What is there already, to be changed. */
export function formOf({ basis, named, ...draft }: DistributionDetail): DraftForm {
  const names = new Map(named.map(({ investorId, name }) => [investorId, name]))
  const picked = (id: string): Picked => ({ id, label: names.get(id) ?? '' })
  return {
    title: draft.title,
    distributedOn: draft.distributedOn,
    dealId: draft.dealId,
    returnOfCapital: shown(draft.returnOfCapital),
    gain: shown(draft.gain),
    income: shown(draft.income),
    recallable: shown(draft.recallable),
    method: basis.method,
    carryInvestor: basis.carryInvestorId === null ? null : picked(basis.carryInvestorId),
    byCountry: Object.entries(basis.withholding.byCountry).map(([country, rate]) => ({ key: country, country, rate })),
    byInvestor: Object.entries(basis.withholding.byInvestor).map(([id, rate]) => ({
      ...{ key: id, investor: picked(id), rate },
    })),
  }
}

const amountOf = (typed: string): string => plainAmount(typed) || '0'

/** A rate that is not finished yet is left out: `missingOf` says so before anything is saved. */
export const requestOf = (form: DraftForm): DraftDistribution => ({
  title: form.title.trim(),
  distributedOn: form.distributedOn,
  dealId: form.dealId,
  returnOfCapital: amountOf(form.returnOfCapital),
  gain: amountOf(form.gain),
  income: amountOf(form.income),
  recallable: amountOf(form.recallable),
  basis: {
    method: form.method,
    carryInvestorId: form.method === 'waterfall' ? (form.carryInvestor?.id ?? null) : null,
    withholding: {
      byCountry: Object.fromEntries(
        form.byCountry.filter(isWholeCountryRate).map(({ country, rate }) => [country, rate.trim()]),
      ),
      byInvestor: Object.fromEntries(
        form.byInvestor.flatMap(({ investor, rate }) => (investor && isRate(rate) ? [[investor.id, rate.trim()]] : [])),
      ),
    },
  },
})

const isRate = (rate: string): boolean => /^\d{1,3}(\.\d{1,6})?$/.test(rate.trim()) && Number(rate) <= 100
const isWholeCountryRate = ({ country, rate }: CountryRate): boolean => country !== '' && isRate(rate)
const isAmount = (typed: string): boolean => /^\d{1,16}(\.\d{1,2})?$/.test(amountOf(typed))

/** What is missing before the lines can be asked for; in words, nothing when they can. */
export function missingOf(form: DraftForm): string | undefined {
  if (form.title.trim() === '') return 'Give the distribution a title.'
  if (form.distributedOn === '') return 'Say on which day it is.'
  for (const name of amountNames) if (!isAmount(form[name])) return `${amountLabels[name]} is an amount like 1250.00.`
  if (![form.returnOfCapital, form.gain, form.income].some(isSome)) return 'Say how much is distributed.'
  if (form.byCountry.some((each) => !isWholeCountryRate(each)))
    return 'Each withholding by country needs a country and a rate like 26.375.'
  if (form.byInvestor.some(({ investor, rate }) => !investor || !isRate(rate)))
    return 'Each withholding by investor needs an investor and a rate like 15.'
  const countries = form.byCountry.map(({ country }) => country)
  const investors = form.byInvestor.map(({ investor }) => investor?.id)
  if (new Set(countries).size < countries.length || new Set(investors).size < investors.length)
    return 'A country or an investor has two rates.'
  return undefined
}
