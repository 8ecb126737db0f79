// Where a fund is paid to: sealed in its row, opened only while something is rendered or asked for.
import type { Encryption } from '@throughline/accounts'
import * as z from 'zod'

export interface WireField {
  label: string
  value: string
}

const labels: Readonly<Record<string, string>> = {
  holder: 'Beneficiary',
  bank: 'Bank',
  account: 'Account (IBAN)',
  bic: 'BIC (SWIFT)',
  routing: 'Routing number',
  note: 'Note',
}
const stored = z.record(z.string(), z.string().nullish())
/** What the sealed text of a fund is about. */
export const aboutFundWire = (fundId: string): string => `fund_wire:${fundId}`

/** The details in the order in which they were given; none when the fund has none. @throws Error when they were altered */
export function wireOf(
  { id, wireSealed }: { id: string; wireSealed: string | null },
  encryption: Encryption,
): WireField[] {
  if (wireSealed === null) return []
  const fields = stored.parse(JSON.parse(encryption.open(wireSealed, aboutFundWire(id))))
  return Object.entries(fields).flatMap(([name, value]) => (value ? [{ label: labels[name] ?? name, value }] : []))
}
