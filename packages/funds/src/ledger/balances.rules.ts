// Balances are what the entries add up to, and nothing else.
import { sumOf } from '../minor-units.ts'
import { type AccountCode, accountCodes, growsOn } from './accounts.rules.ts'
import { type Entry, type EntryLine, netOf } from './entry.rules.ts'

const linesOf = (entries: readonly Entry[]): EntryLine[] => entries.flatMap(({ lines }) => lines)

/** Of one account, on the side on which it grows; of one investor where one is named. */
export function balanceOf(entries: readonly Entry[], account: AccountCode, investorId?: string): bigint {
  const net = netOf(
    linesOf(entries).filter(
      (line) => line.account === account && (investorId === undefined || line.investorId === investorId),
    ),
  )
  return growsOn(account) === 'debit' ? net : -net
}

/** Every account with its debits less credits. Their sum is zero, or something is broken. */
export function trialBalanceOf(entries: readonly Entry[]): ReadonlyMap<AccountCode, bigint> {
  const balances = new Map(accountCodes.map((code) => [code, 0n]))
  for (const line of linesOf(entries)) balances.set(line.account, (balances.get(line.account) ?? 0n) + netOf([line]))
  return balances
}

/** Of which the net assets of a fund consist: not what was called and is not paid yet. */
export const netAssetAccounts = [
  'cash',
  'investments',
  'unrealised_value',
  'prepaid_capital',
  'distributions_payable',
  'withholding_payable',
  'fees_payable',
  'credit_line',
] as const satisfies readonly AccountCode[]

/** What the fund is worth: assets less liabilities. @param balances debits less credits */
export const netAssetsFrom = (balances: ReadonlyMap<AccountCode, bigint>): bigint =>
  sumOf(netAssetAccounts.map((account) => balances.get(account) ?? 0n))

export const netAssetsOf = (entries: readonly Entry[]): bigint => netAssetsFrom(trialBalanceOf(entries))
