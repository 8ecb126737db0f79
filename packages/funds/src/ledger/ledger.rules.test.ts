import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumOf } from '../minor-units.ts'
import { accountCodes, accounts, growsOn } from './accounts.rules.ts'
import { balanceOf, netAssetsOf, trialBalanceOf } from './balances.rules.ts'
import {
  callIssued,
  lateInterestCharged,
  prepaidApplied,
  prepaidRefunded,
  receiptBounced,
  receiptTaken,
  writtenOff,
} from './call-entries.rules.ts'
import { type Entry, entryOf, netOf, reversalOf } from './entry.rules.ts'
import {
  distributionDeclared,
  distributionPaid,
  feeAccrued,
  feePaid,
  investmentIncome,
  investmentMade,
  investmentSold,
  lineDrawn,
  lineInterestPaid,
  lineRepaid,
  navMarked,
} from './fund-entries.rules.ts'

const shown = ({ lines }: Entry) =>
  lines.map(
    ({ account, investorId, side, amount }) => `${side} ${account}${investorId ? `/${investorId}` : ''} ${amount}`,
  )
const onLine = (amount: bigint) => ({ on: 'line', lineId: 'one', from: 'receipt', amount }) as const
const onPrepaid = (amount: bigint) => ({ on: 'prepaid', amount }) as const

describe('an entry', () => {
  it.each([
    [
      'a call inside and outside of the commitment',
      callIssued([{ investorId: 'a', insideCommitment: 90n, outsideCommitment: 10n }]),
      ['debit call_receivable/a 100', 'credit contributed_capital/a 90', 'credit other_contributions/a 10'],
    ],
    [
      'a receipt that is more than due',
      receiptTaken('a', [onLine(80n), onPrepaid(20n)]),
      ['debit cash 100', 'credit call_receivable/a 80', 'credit prepaid_capital/a 20'],
    ],
    [
      'what is prepaid, applied',
      prepaidApplied('a', 20n),
      ['debit prepaid_capital/a 20', 'credit call_receivable/a 20'],
    ],
    [
      'a receipt that bounced after a refund',
      receiptBounced('a', [onLine(-80n), onPrepaid(-15n)], 5n),
      ['debit call_receivable/a 85', 'credit cash 100', 'debit prepaid_capital/a 15'],
    ],
    ['a refund', prepaidRefunded('a', 7n), ['debit prepaid_capital/a 7', 'credit cash 7']],
    [
      'interest for being late',
      lateInterestCharged('a', 3n),
      ['debit call_receivable/a 3', 'credit late_interest/a 3'],
    ],
    ['bank charges', writtenOff('a', 15n), ['debit written_off 15', 'credit call_receivable/a 15']],
    ['an investment', investmentMade(500n), ['debit investments 500', 'credit cash 500']],
    [
      'a sale with a loss on what was marked up',
      investmentSold({ proceeds: 400n, cost: 500n, marked: 50n }),
      [
        'debit cash 400',
        'credit investments 500',
        'debit realised_gain 100',
        'debit unrealised_gain 50',
        'credit unrealised_value 50',
      ],
    ],
    [
      'a sale with a gain',
      investmentSold({ proceeds: 650n, cost: 500n, marked: 0n }),
      ['debit cash 650', 'credit investments 500', 'credit realised_gain 150'],
    ],
    ['a dividend', investmentIncome(9n), ['debit cash 9', 'credit investment_income 9']],
    ['a fee', feeAccrued('management_fee', 5n), ['debit management_fee 5', 'credit fees_payable 5']],
    ['a fee that is paid', feePaid(5n), ['debit fees_payable 5', 'credit cash 5']],
    ['a draw on the subscription line', lineDrawn(70n), ['debit cash 70', 'credit credit_line 70']],
    ['a repayment of it', lineRepaid(40n), ['debit credit_line 40', 'credit cash 40']],
    ['its interest', lineInterestPaid(2n), ['debit line_interest 2', 'credit cash 2']],
    [
      'a lower mark',
      navMarked({ before: 50n, after: 20n }),
      ['debit unrealised_gain 30', 'credit unrealised_value 30'],
    ],
    [
      'a distribution with tax withheld',
      distributionDeclared([{ investorId: 'a', returnOfCapital: 60n, gain: 30n, income: 10n, withheld: 4n }]),
      [
        'debit returned_capital/a 60',
        'credit distributions_payable/a 100',
        'debit distributed_gain/a 30',
        'debit distributed_income/a 10',
        'debit distributions_payable/a 4',
        'credit withholding_payable 4',
      ],
    ],
    [
      'a distribution that is paid',
      distributionPaid([{ investorId: 'a', returnOfCapital: 60n, gain: 30n, income: 10n, withheld: 4n }]),
      ['debit distributions_payable/a 96', 'credit cash 100', 'debit withholding_payable 4'],
    ],
  ] as const)('of %s', (_, entry, lines) => {
    expect(shown(entry)).toEqual([...lines])
    expect(netOf(entry.lines)).toBe(0n)
  })

  it('that moves nothing is refused', () => {
    expect(() => navMarked({ before: 5n, after: 5n })).toThrow('moves nothing')
    expect(() => callIssued([])).toThrow('moves nothing')
  })
  it('names the investor exactly where an account is kept per investor', () => {
    const wrong = {
      debit: { account: 'cash', investorId: 'a' },
      credit: { account: 'fees_payable' },
      amount: 1n,
    } as const
    expect(() => entryOf('fee_paid', [wrong])).toThrow('not kept per investor')
    expect(() => entryOf('receipt', [{ ...wrong, debit: { account: 'call_receivable' } }])).toThrow('kept per investor')
  })
  it('is taken back by its reversal', () => {
    const entry = receiptTaken('a', [onLine(80n), onPrepaid(20n)])
    const both = [entry, reversalOf(entry)]
    expect(reversalOf(entry).kind).toBe('reversal')
    expect([...trialBalanceOf(both).values()].every((balance) => balance === 0n)).toBe(true)
  })
})

describe('the chart of accounts', () => {
  it('grows with debits in assets and expenses, and with credits elsewhere', () => {
    expect(accountCodes.filter((code) => growsOn(code) === 'debit').map((code) => accounts[code].type)).toEqual(
      accountCodes.map((code) => accounts[code].type).filter((type) => type === 'asset' || type === 'expense'),
    )
  })
})

describe('a ledger', () => {
  it('of a small fund: what is owed, what is prepaid, what it is worth', () => {
    const entries = [
      callIssued([
        { investorId: 'a', insideCommitment: 600n, outsideCommitment: 0n },
        { investorId: 'b', insideCommitment: 400n, outsideCommitment: 0n },
      ]),
      receiptTaken('a', [onLine(600n), onPrepaid(50n)]),
      receiptTaken('b', [onLine(100n)]),
      investmentMade(500n),
      navMarked({ before: 0n, after: 200n }),
      feeAccrued('management_fee', 20n),
    ]
    expect(balanceOf(entries, 'call_receivable')).toBe(300n)
    expect(balanceOf(entries, 'call_receivable', 'b')).toBe(300n)
    expect(balanceOf(entries, 'prepaid_capital', 'a')).toBe(50n)
    expect(balanceOf(entries, 'contributed_capital')).toBe(1000n)
    expect(netAssetsOf(entries)).toBe(700n + 200n - 20n)
  })

  const amount = fc.bigInt({ min: 1n, max: 10n ** 12n })
  const signed = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n })
  const who = fc.constantFrom('a', 'b', 'c')
  const distributed = fc.record({
    investorId: who,
    returnOfCapital: amount,
    gain: amount,
    income: amount,
    withheld: amount,
  })
  const anything = fc.oneof(
    fc
      .tuple(who, amount, amount)
      .map(([investorId, insideCommitment, outsideCommitment]) =>
        callIssued([{ investorId, insideCommitment, outsideCommitment }]),
      ),
    fc.tuple(who, amount, amount).map(([investorId, a, b]) => receiptTaken(investorId, [onLine(a), onPrepaid(b)])),
    fc
      .tuple(who, amount, amount)
      .map(([investorId, a, b]) => receiptBounced(investorId, [onLine(-a), onPrepaid(-b)], a)),
    fc.tuple(who, amount).map(([investorId, a]) => prepaidApplied(investorId, a)),
    fc.tuple(who, amount).map(([investorId, a]) => writtenOff(investorId, a)),
    fc.tuple(amount, amount, signed).map(([proceeds, cost, marked]) => investmentSold({ proceeds, cost, marked })),
    // One that does not change is no entry: it is refused.
    fc
      .tuple(signed, amount)
      .filter(([before, after]) => before !== after)
      .map(([before, after]) => navMarked({ before, after })),
    fc.constantFrom(lineDrawn, lineRepaid, lineInterestPaid).chain((booked) => amount.map(booked)),
    fc.array(distributed, { minLength: 1, maxLength: 3 }).map(distributionDeclared),
    fc.array(distributed, { minLength: 1, maxLength: 3 }).map(distributionPaid),
  )
  it('is worth what it was after a draw or a repayment of the subscription line, and less by its interest', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 10 }), amount, (entries, a) => {
        const worth = netAssetsOf(entries)
        expect(netAssetsOf([...entries, lineDrawn(a)])).toBe(worth)
        expect(netAssetsOf([...entries, lineRepaid(a)])).toBe(worth)
        expect(netAssetsOf([...entries, lineInterestPaid(a)])).toBe(worth - a)
        expect(balanceOf([lineDrawn(a), lineDrawn(a), lineRepaid(a)], 'credit_line')).toBe(a)
      }),
      { numRuns: 200 },
    )
  })
  it('sums to zero after whatever happens, entry by entry and altogether, and so do sub-ledgers with their accounts', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (entries) => {
        for (const { lines } of entries) {
          expect(netOf(lines)).toBe(0n)
          expect(lines.every((line) => line.amount > 0n)).toBe(true)
        }
        expect(sumOf(trialBalanceOf(entries).values())).toBe(0n)
        const ofEach = ['a', 'b', 'c'].map((investorId) => balanceOf(entries, 'call_receivable', investorId))
        expect(sumOf(ofEach)).toBe(balanceOf(entries, 'call_receivable'))
      }),
      { numRuns: 500 },
    )
  })
})
