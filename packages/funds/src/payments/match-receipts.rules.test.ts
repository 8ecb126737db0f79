import { describe, expect, it } from 'vitest'
import { type BankLine, matchReceipt, mentions, type OpenReceivable, receiptKey } from './match-receipts.rules.ts'

const bank = (more: Partial<BankLine> = {}): BankLine => ({
  bankReference: 'B-1',
  account: 'DE1',
  valueDate: '2026-03-30',
  amount: 100_000n,
  currency: 'EUR',
  text: 'Capital call TL-7Q2-0003',
  payer: 'Müller & Söhne GmbH',
  ...more,
})
const open = (lineId: string, reference: string, more: Partial<OpenReceivable> = {}): OpenReceivable => ({
  lineId,
  reference,
  outstanding: 100_000n,
  currency: 'EUR',
  dueDate: '2026-03-31',
  payerNames: ['Muller & Sohne GmbH'],
  ...more,
})
const third = open('third', 'TL-7Q2-0003')
const fourth = open('fourth', 'TL-7Q2-0004')

describe('a line of a bank statement', () => {
  it('is matched exactly by reference, amount and currency', () => {
    expect(matchReceipt(bank(), [third, fourth])).toEqual({
      basis: 'exact',
      lineIds: ['third'],
      confidence: 100,
      automatic: true,
    })
  })
  it('is matched by the reference when the amount is another', () => {
    expect(matchReceipt(bank({ amount: 98_500n }), [third, fourth])).toMatchObject({
      basis: 'reference',
      lineIds: ['third'],
      automatic: true,
    })
  })
  it('pays several lines that it names when the sums agree, and waits for a person when not', () => {
    const text = 'TL-7Q2-0003 and TL-7Q2-0004'
    expect(matchReceipt(bank({ text, amount: 200_000n }), [third, fourth])).toMatchObject({
      basis: 'exact',
      lineIds: ['third', 'fourth'],
    })
    expect(matchReceipt(bank({ text, amount: 150_000n }), [third, fourth])).toMatchObject({
      basis: 'reference',
      automatic: false,
    })
  })
  it('means the longer of two references that begin alike', () => {
    const part = open('part', 'TL-7Q2-0003-1', { outstanding: 5n })
    expect(matchReceipt(bank({ text: 'TL-7Q2-0003-1' }), [third, part]).lineIds).toEqual(['part'])
    expect(matchReceipt(bank(), [third, part]).lineIds).toEqual(['third'])
  })
  it('is proposed, never applied, by amount, date and payer', () => {
    const silent = bank({ text: 'capital' })
    expect(matchReceipt(silent, [third])).toEqual({
      basis: 'amount_date_payer',
      lineIds: ['third'],
      confidence: 50,
      automatic: false,
    })
    expect(matchReceipt(silent, [third, fourth]).lineIds).toEqual(['third', 'fourth'])
  })
  it.each([
    ['by the amount alone', { text: 'capital', payer: 'Somebody else' }],
    ['long before or after the due date', { text: 'capital', valueDate: '2026-09-01' }],
    ['in another currency, even with the reference', { currency: 'USD' }],
    ['by the payer alone', { text: 'capital', amount: 1n }],
  ])('is not matched %s', (_, more) => {
    expect(matchReceipt(bank(more), [third])).toMatchObject({ basis: 'none', lineIds: [], confidence: 0 })
  })
  it('does not take an empty name for a payer', () => {
    expect(matchReceipt(bank({ text: '', payer: '' }), [open('x', 'TL-7Q2-0009', { payerNames: [''] })]).basis).toBe(
      'none',
    )
  })
})

describe('a reference in a text', () => {
  it.each([
    ['SEPA tl7q20003 thanks', 'TL-7Q2-0003', true],
    ['TL-7Q2-\n0003', 'TL-7Q2-0003', true],
    ['TL-7Q2-00031', 'TL-7Q2-0003', false],
    ['XTL-7Q2-0003', 'TL-7Q2-0003', false],
    ['call 1.7 (x)', '1.7', false],
    ['a.b', '.*+?^', false],
  ])('%j mentions %s: %s', (text, reference, expected) => expect(mentions(text, reference)).toBe(expected))
})

it('is the same booking by account, bank reference, day, amount and currency', () => {
  expect(receiptKey(bank({ text: 'x', payer: 'y' }))).toBe(receiptKey(bank()))
  for (const other of [{ account: 'DE2' }, { valueDate: '2026-03-31' }, { amount: 1n }, { bankReference: 'B-2' }])
    expect(receiptKey(bank(other))).not.toBe(receiptKey(bank()))
})
