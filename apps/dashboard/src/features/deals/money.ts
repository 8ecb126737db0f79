// Sums on the screen between two answers of the API: whole cents, exact at any size.

interface Sum {
  currency: string
  value: string
}

const cents = (value: string): bigint => {
  const [whole = '0', behind = ''] = value.replace('-', '').split('.')
  const size = BigInt(whole) * 100n + BigInt(behind.padEnd(2, '0').slice(0, 2))
  return value.startsWith('-') ? -size : size
}

const text = (amount: bigint): string => {
  const size = amount < 0n ? -amount : amount
  return `${amount < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`
}

/** Adds amounts per currency, those taken away below; currencies never meet, and one with nothing left goes. */
export function addSums(added: readonly Sum[], removed: readonly Sum[] = []): Sum[] {
  const totals = new Map<string, bigint>()
  const add = ({ currency, value }: Sum, sign: bigint) =>
    totals.set(currency, (totals.get(currency) ?? 0n) + sign * cents(value))
  for (const sum of added) add(sum, 1n)
  for (const sum of removed) add(sum, -1n)
  return [...totals]
    .filter(([, amount]) => amount !== 0n)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([currency, amount]) => ({ currency, value: text(amount) }))
}
