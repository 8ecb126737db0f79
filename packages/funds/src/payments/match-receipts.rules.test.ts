import { describe, expect, it } from 'vitest'
import {
  type BankLine,
  checkReferences,
  type IssuedReceivable,
  matchReceipt,
  mentions,
  receiptKey,
} from './match-receipts.rules.ts'

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
const issued = (lineId: string, reference: string, more: Partial<IssuedReceivable> = {}): IssuedReceivable => ({
  lineId,
  reference,
  outstanding: 100_000n,
  currency: 'EUR',
  dueDate: '2026-03-31',
  payerNames: ['Muller & Sohne GmbH'],
  ...more,
})
const third = issued('third', 'TL-7Q2-0003')
const fourth = issued('fourth', 'TL-7Q2-0004')

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
  it('is proposed for the lines that it names when they are several, whatever the sum', () => {
    const text = 'TL-7Q2-0003 and TL-7Q2-0004'
    expect(matchReceipt(bank({ text, amount: 200_000n }), [third, fourth])).toEqual({
      basis: 'exact',
      lineIds: ['third', 'fourth'],
      confidence: 90,
      automatic: false,
    })
    expect(matchReceipt(bank({ text, amount: 150_000n }), [third, fourth])).toMatchObject({
      basis: 'reference',
      confidence: 60,
      automatic: false,
    })
  })
  it('waits for a person when two references are the same without punctuation', () => {
    const [seventeenth, seventh] = [issued('seventeenth', 'CALL-1-17'), issued('seventh', 'CALL-11-7')]
    const match = matchReceipt(bank({ text: 'CALL-11-7' }), [seventeenth, seventh])
    expect(match).toMatchObject({ lineIds: ['seventeenth', 'seventh'], automatic: false })
  })
  it('waits for a person when a reference goes on where another ends, also when the longer one is paid', () => {
    const part = issued('part', 'TL-7Q2-0003-1', { outstanding: 0n })
    expect(matchReceipt(bank({ text: 'TL-7Q2-0003-1' }), [third, part])).toMatchObject({
      lineIds: ['third', 'part'],
      automatic: false,
    })
    expect(matchReceipt(bank(), [third, part])).toMatchObject({ lineIds: ['third'], automatic: true })
  })
  it('waits for a person when the line that it names is paid, or a second one is kept in another currency', () => {
    const paid = issued('paid', 'TL-7Q2-0003', { outstanding: 0n })
    expect(matchReceipt(bank(), [paid])).toMatchObject({ basis: 'reference', lineIds: ['paid'], automatic: false })
    const text = 'TL-7Q2-0003 and TL-7Q2-0004'
    const dollars = issued('dollars', 'TL-7Q2-0004', { currency: 'USD' })
    expect(matchReceipt(bank({ text }), [third, dollars])).toMatchObject({ lineIds: ['third'], automatic: false })
  })
  it.each([0n, -100_000n])('of %s is not a receipt', (amount) => {
    for (const text of ['TL-7Q2-0003', 'capital'])
      expect(matchReceipt(bank({ amount, text }), [issued('x', 'TL-7Q2-0003', { outstanding: amount })]).basis).toBe(
        'none',
      )
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
  it.each([
    ['北京投资有限公司', '上海资本有限公司'],
    ['Альфа Капитал', 'Бета Капитал'],
    ['מגדל קרן', 'כלל קרן'],
    ['राम निवेश', 'रमा निवेश'],
    ['---', '...'],
  ])('does not take %s for %s', (payer, name) => {
    expect(matchReceipt(bank({ text: '', payer }), [issued('x', 'TL-7Q2-0009', { payerNames: [name] })]).basis).toBe(
      'none',
    )
  })
  it.each([
    ['АЛЬФА-Капитал', 'Альфа  Капитал.'],
    ['ＡＣＭＥ株式会社', 'acme株式会社'],
    ['Gross-Strasse KG', 'Groß Straße, KG'],
    ['Société Générale', 'SOCIETE GENERALE'],
  ])('takes %s for %s', (payer, name) => {
    expect(matchReceipt(bank({ text: '', payer }), [issued('x', 'TL-7Q2-0009', { payerNames: [name] })]).basis).toBe(
      'amount_date_payer',
    )
  })
  it('does not take an empty name for a payer', () => {
    expect(matchReceipt(bank({ text: '', payer: '' }), [issued('x', 'TL-7Q2-0009', { payerNames: [''] })]).basis).toBe(
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

describe('references of notices', () => {
  it('are taken when each is another and none begins another', () => {
    expect(() => checkReferences(['TL-7Q2-0003', 'TL-7Q2-0004', 'TL-8Q2-0003', 'XTL-7Q2-0003'])).not.toThrow()
  })
  it.each([
    ['the same without punctuation', ['CALL-1-17', 'TL-7Q2-0003', 'CALL-11-7']],
    ['the same in small letters', ['CALL-1-17', 'call 1 17']],
    ['the beginning of another', ['TL-7Q2-0003-1', 'TL-7Q2-0004', 'TL-7Q2-0003']],
    ['too short to be found in a text', ['C-17']],
  ])('are refused when one is %s', (_, references) => {
    expect(() => checkReferences(references)).toThrow(expect.objectContaining({ code: 'unprocessable' }))
  })
})

it('is the same booking by account, bank reference, day, amount and currency', () => {
  expect(receiptKey(bank({ text: 'x', payer: 'y' }))).toBe(receiptKey(bank()))
  for (const other of [{ account: 'DE2' }, { valueDate: '2026-03-31' }, { amount: 1n }, { bankReference: 'B-2' }])
    expect(receiptKey(bank(other))).not.toBe(receiptKey(bank()))
})
