// Receipts become payments: the one way in, whoever has decided where the money goes.
import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { HeldFund } from '../books/index.ts'
import { receiptTaken } from '../ledger/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { applyReceipt, type Happening, receivePrepaid, sumOfMoves } from '../payments/index.ts'
import { type Account, type NewPayment, readAccounts, writePayments } from '../receivables/index.ts'
import { refused } from '../refused.ts'
import { type LineToPay, readLinesToPay, readOwed } from './lines.repo.ts'

/** A part of a receipt, in minor units. */
export type Part = { amount: bigint } & ({ lineId: string } | { investorId: string } | { owedBy: string })

export interface Booking {
  receiptId: string
  /** Its value date. */
  on: string
  parts: readonly Part[]
}

const noSuch = (what: string) => new AppError('not_found', { message: `There is no such ${what} in this fund.` })

/**
 * Books receipts in a fund that is held: payments with entries, lines, positions. A constant number of statements, however many.
 * @throws AppError not_found for a line or investor of elsewhere; unprocessable for a line of a call that takes no money
 */
export async function bookReceipts(ctx: Ctx, fund: HeldFund, bookings: readonly Booking[]): Promise<void> {
  const parts = bookings.flatMap((booking) => booking.parts)
  const lineIds = parts.flatMap((part) => ('lineId' in part ? [part.lineId] : []))
  const lines = new Map((await readLinesToPay(ctx.db, fund.id, lineIds)).map((line) => [line.lineId, line]))
  const investorOf = (part: Part) =>
    'lineId' in part ? lineOf(lines, part.lineId).investorId : 'owedBy' in part ? part.owedBy : part.investorId
  const accounts = await readAccounts(ctx, fund, [...new Set(parts.map(investorOf))])
  const owed = await owedBy(ctx, fund, parts)
  const payments: NewPayment[] = []
  for (const { receiptId, on, parts: own } of bookings)
    for (const part of own) {
      const investorId = investorOf(part)
      const account = accounts.get(investorId)
      if (!account) throw noSuch('investor')
      if ('owedBy' in part) {
        payments.push({ ...repayment(fund, owed, part), receiptId, on })
        continue
      }
      const { moves, account: next } = receive(account, part)
      accounts.set(investorId, next)
      const lineId = 'lineId' in part ? part.lineId : undefined
      payments.push({
        kind: 'RECEIPT',
        investorId,
        receiptId,
        lineId,
        callId: lineId && lineOf(lines, lineId).callId,
        amount: part.amount,
        onLine: sumOfMoves(moves, 'line'),
        prepaid: sumOfMoves(moves, 'prepaid'),
        moves,
        entry: receiptTaken(investorId, moves),
        on,
      })
    }
  await writePayments(ctx, fund, payments)
}

type Repaid = Extract<Part, { owedBy: string }>

/** What each investor owes for whom there is a part; no question where there is none. */
async function owedBy(ctx: Ctx, fund: HeldFund, parts: readonly Part[]): Promise<Map<string, bigint>> {
  const investorIds = parts.flatMap((part) => ('owedBy' in part ? [part.owedBy] : []))
  if (investorIds.length === 0) return new Map()
  const rows = await readOwed(ctx.db, fund.id, investorIds)
  return new Map(rows.map(({ investorId, owed }) => [investorId, toMinor(owed, fund.currency)]))
}

/**
 * Pays what an investor owes: no line and nothing prepaid is moved. `owed` is as it leaves it.
 * @throws AppError unprocessable for more than is owed
 */
function repayment({ currency }: HeldFund, owed: Map<string, bigint>, { owedBy: investorId, amount }: Repaid) {
  const before = owed.get(investorId) ?? 0n
  if (amount > before)
    throw refused(`The investor owes ${fromMinor(before, currency)}; what is more is a part of its own.`, {
      owed: fromMinor(before, currency),
    })
  owed.set(investorId, before - amount)
  const entry = receiptTaken(investorId, [], amount)
  return { kind: 'RECEIPT', investorId, amount, owed: -amount, moves: [], entry } as const
}

const receive = (account: Account, part: Exclude<Part, Repaid>): Happening<Account> =>
  'lineId' in part ? applyReceipt(account, part) : receivePrepaid(account, part.amount)

function lineOf(lines: ReadonlyMap<string, LineToPay>, lineId: string): LineToPay {
  const line = lines.get(lineId)
  if (!line) throw noSuch('line of a call')
  if (line.callState === 'CLOSED')
    throw refused(`Nothing is outstanding in ${line.callTitle}, which is closed: record the money as paid in advance.`)
  if (line.callState !== 'ISSUED') throw refused(`${line.callTitle} is not issued: no money can go to it.`)
  return line
}
