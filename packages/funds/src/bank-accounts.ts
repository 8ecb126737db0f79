// Accounts at banks: sealed where they are kept, and a mask of them where they are shown.
import type { Encryption } from '@throughline/accounts'
import { type BankAccount, bankAccount } from '@throughline/contracts'

export interface KeptAccount {
  sealed: string | null
  mask: string | null
}

/** `•••• 3000`: enough to tell one's own accounts apart. */
const maskOf = ({ account }: BankAccount): string => `•••• ${account.slice(-4)}`

/** @param about whose it is, e.g. `investor_bank:<id>`: it cannot be read as that of somebody else */
export const sealAccount = (encryption: Encryption, account: BankAccount | null, about: string): KeptAccount =>
  account === null
    ? { sealed: null, mask: null }
    : { sealed: encryption.seal(JSON.stringify(account), about), mask: maskOf(account) }

/** @throws Error when it was altered, or sealed for somebody else */
export const openAccount = (encryption: Encryption, sealed: string | null, about: string): BankAccount | null =>
  sealed === null ? null : bankAccount.parse(JSON.parse(encryption.open(sealed, about)))
