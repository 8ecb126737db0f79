// A commitment, or a part of it, goes to somebody else: with what was called, paid and distributed on it.
import { shareOut } from '../allocation/index.ts'
import { refused } from '../refused.ts'

/** What goes along with a commitment. */
export interface Transferable {
  commitment: bigint
  called: bigint
  funded: bigint
  released: bigint
  distributed: bigint
  stillRecallable: bigint
}

const parts = ['called', 'funded', 'released', 'distributed', 'stillRecallable'] as const

export interface TransferSplit {
  stays: Transferable
  goes: Transferable
}

/**
 * Splits everything by the commitment that goes. Both sides sum to what there was, and neither was called more than its
 * commitment.
 * @throws AppError unprocessable for nothing, or more than there is
 */
export function transferOf(position: Transferable, amount: bigint): TransferSplit {
  if (amount <= 0n || amount > position.commitment)
    throw refused('A transfer is above zero and at most the commitment.', { commitment: String(position.commitment) })
  const stays: Transferable = { ...position, commitment: position.commitment - amount }
  const goes: Transferable = { ...position, commitment: amount }
  if (stays.commitment === 0n) {
    for (const part of parts) stays[part] = 0n
    return { stays, goes }
  }
  const weights = [
    { id: 'goes', weight: goes.commitment },
    { id: 'stays', weight: stays.commitment },
  ]
  for (const part of parts) {
    goes[part] = shareOut(position[part], weights).find(({ id }) => id === 'goes')?.amount ?? 0n
    stays[part] = position[part] - goes[part]
  }
  return { stays, goes }
}
