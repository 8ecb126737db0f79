// A waterfall in words. Pure.
import type { DistributionWaterfall, Tier, WaterfallProof } from '@throughline/contracts'

export const tierWords: Readonly<Record<Tier, string>> = {
  return_of_capital: 'Return of capital',
  preferred_return: 'Preferred return',
  catch_up: 'Catch-up',
  split: 'Split',
}

export const proofWords: Readonly<Record<WaterfallProof, string>> = {
  tiers_are_the_distribution: 'The tiers of this distribution sum to it',
  tiers_are_the_carry_earned: 'What the tiers give the general partner is the carry earned',
  earned_less_declared_is_the_carry: 'Carry earned, less carry declared before, is the carry in the lines',
  lines_are_the_distribution: 'All lines, carry included, sum to the distribution',
}

export const kindWords: Readonly<Record<DistributionWaterfall['kind'], string>> = {
  european: 'European: by the whole fund',
  american: 'American: deal by deal',
}

/** Which step it is. */
export const stepWord = ({ of, dealTitle }: DistributionWaterfall['steps'][number]): string =>
  of === 'this' ? 'This distribution' : of === 'earlier' ? 'Distributed before' : (dealTitle ?? 'A deal')

/** What the agreement of the fund says. */
export const termsWord = ({ kind, terms }: Pick<DistributionWaterfall, 'kind' | 'terms'>): string =>
  `${kindWords[kind]}. ${terms.preferredReturn} % preferred return, ${terms.catchUp} % catch-up, ${terms.carry} % carry.`
