// Lines that somebody is about to pay. Pure.
import type { DistributionLineView } from '@throughline/contracts'
import { addSums } from '../deals/money.ts'

/** What leaves the account for some lines, taxes with it; exact, in the digits of the currency. */
export function grossOf(lines: readonly Pick<DistributionLineView, 'net' | 'withheld'>[]): string {
  const parts = lines.flatMap(({ net, withheld }) => [net, withheld])
  const sum = addSums(parts.map((value) => ({ currency: '', value })))[0]?.value ?? '0.00'
  return parts.some((part) => part.includes('.')) ? sum : sum.replace(/\.00$/, '')
}
