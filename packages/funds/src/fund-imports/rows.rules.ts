// One row of a file, checked by itself: what it says, or every reason against it.
import { CellError, parseDate, quoted, refuse } from '@throughline/cells'
import type { FundImportField, FundImportKind, ImportOptions } from '@throughline/contracts'
import { fundAmount, sharePercent } from '../csv/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { receiptKey } from '../payments/index.ts'

export interface RowStyle extends ImportOptions {
  kind: FundImportKind
  fields: readonly (FundImportField | null)[]
  fund: { name: string; currency: string }
  createInvestors: boolean
}

/**
 * What stands in a staged row, by name. `key` is the same for rows that mean the same; `known` is found later; `taken`: the bank took
 * the amount away, and nothing happens with the row.
 */
export type StagedRow = Record<string, string | number | boolean | null> & { key: string }
export type CheckedRow = { row: StagedRow } | { reasons: string[] }

/** In bytes of UTF-8. */
const maxCellBytes = 32 * 1024

class FundRowReader {
  readonly reasons: string[] = []
  readonly #cells: ReadonlyMap<FundImportField, string>
  readonly #style: RowStyle

  constructor(cells: readonly string[], style: RowStyle) {
    this.#style = style
    this.#cells = new Map(
      style.fields.flatMap((field, column) => {
        const cell = cells[column]?.trim().toWellFormed() ?? ''
        return field && cell !== '' ? [[field, cell] as const] : []
      }),
    )
  }

  has(field: FundImportField): boolean {
    return this.#cells.has(field)
  }

  read<T>(field: FundImportField, parse: (cell: string) => T): T | null {
    const cell = this.#cells.get(field)
    if (cell === undefined) return null
    try {
      return parse(cell)
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      this.reasons.push(error.message)
      return null
    }
  }

  /** What the row cannot do without. */
  needed<T>(field: FundImportField, what: string, parse: (cell: string) => T): T | null {
    if (!this.has(field)) this.reasons.push(`${what} is missing.`)
    return this.read(field, parse)
  }

  text(field: FundImportField, what: string, max: number): string | null {
    return this.read(field, (cell) => shortText(cell, what, max))
  }

  neededText(field: FundImportField, what: string, max: number): string | null {
    return this.needed(field, what, (cell) => shortText(cell, what, max))
  }

  /** Written with a minus, and not in brackets. */
  get isAmountBelowZero(): boolean {
    return belowZero.test(this.#cells.get('amount') ?? '')
  }

  /** As a decimal, in the currency of the fund. @param size without its minus */
  amount(what: string, { least = 1n, size = false }: { least?: bigint; size?: boolean } = {}): string | null {
    const { decimal, fund } = this.#style
    return this.needed('amount', what, (cell) => {
      const minor = fundAmount(
        size ? cell.replace(minus, '') : cell,
        { decimal, currency: fund.currency },
        this.#cells.get('currency'),
      )
      return minor >= least ? fromMinor(minor, fund.currency) : refuse(`${what} ${quoted(cell)} is not above zero.`)
    })
  }

  day(field: FundImportField): string | null {
    return this.read(field, (cell) => parseDate(cell, this.#style.dateOrder))
  }

  neededDay(field: FundImportField, what: string): string | null {
    return this.needed(field, what, (cell) => parseDate(cell, this.#style.dateOrder))
  }
}

const minus = /[-\u2212]/u
/** Behind a sign or a code of a currency, if there is one. */
const belowZero = /^\s*(?:[A-Za-z]{3}|\p{Sc})?\s*[-\u2212]\s*(?:[A-Za-z]{3}|\p{Sc})?\s*\d/u

const shortText = (cell: string, what: string, max: number): string =>
  cell.length <= max ? cell : refuse(`${what} has ${cell.length} characters; ${max} are possible.`)

const yes = new Set(['yes', 'y', 'true', '1', 'x', 'ja'])
const no = new Set(['no', 'n', 'false', '0', 'nein', '-'])
function flag(cell: string): boolean {
  const word = cell.toLowerCase()
  if (yes.has(word)) return true
  return no.has(word) ? false : refuse(`${quoted(cell)} is neither yes nor no.`)
}

const kinds: Readonly<Record<string, 'PERSON' | 'ENTITY'>> = {
  ...{ person: 'PERSON', individual: 'PERSON', 'natural person': 'PERSON', privat: 'PERSON' },
  ...{ entity: 'ENTITY', company: 'ENTITY', institution: 'ENTITY', fund: 'ENTITY', firma: 'ENTITY' },
}

const lower = (text: string | null): string => (text ?? '').toLowerCase()

const readers: Readonly<Record<FundImportKind, (reader: FundRowReader, style: RowStyle) => StagedRow>> = {
  COMMITMENTS(reader, { createInvestors }) {
    const investor = reader.neededText('investor', 'The investor', 200)
    const closeName = reader.neededText('closeName', 'The close', 80)
    return {
      key: JSON.stringify([lower(investor), lower(closeName)]),
      investor,
      closeName,
      closeDate: reader.neededDay('closeDate', 'The day of the close'),
      amount: reader.amount('The commitment'),
      feeFree: reader.read('feeFree', flag) ?? false,
      name: reader.text('investorName', 'The name', 200) ?? (createInvestors ? investor : null),
      kind:
        reader.read(
          'investorKind',
          (cell) => kinds[cell.toLowerCase()] ?? refuse(`${quoted(cell)} is neither a person nor an entity.`),
        ) ?? 'ENTITY',
      taxCountry: reader.read('taxCountry', (cell) =>
        /^[A-Za-z]{2}$/.test(cell) ? cell.toUpperCase() : refuse(`Country ${quoted(cell)} is not two letters like LU.`),
      ),
    }
  },
  BANK_RECEIPTS(reader, { fund: { currency } }) {
    const bankReference = reader.neededText('bankReference', 'The reference of the bank', 140)
    const account = reader.neededText('account', 'The account', 60)
    const valueDate = reader.neededDay('valueDate', 'The value date')
    const taken = reader.isAmountBelowZero
    const amount = reader.amount('The amount', { size: taken })
    return {
      ...{ bankReference, account, valueDate, amount, taken },
      text: reader.text('text', 'The text', 500) ?? '',
      payer: reader.text('payer', 'The payer', 200) ?? '',
      key: receiptKeyOf({ bankReference, account, valueDate, amount, currency }),
    }
  },
  NAV_MARKS(reader) {
    const deal = reader.neededText('deal', 'The deal', 300)
    const markedOn = reader.neededDay('markedOn', 'The day of the mark')
    return {
      ...{ deal, markedOn, amount: reader.amount('The value', { least: 0n }) },
      reason: reader.text('reason', 'The reason', 500),
      key: JSON.stringify([lower(deal), markedOn]),
    }
  },
  ALLOCATIONS(reader, { decimal }) {
    const deal = reader.neededText('deal', 'The deal', 300)
    const investor = reader.text('investor', 'The investor', 200)
    const tranche = reader.read('tranche', (cell) =>
      /^[1-9]\d?$/.test(cell) ? Number(cell) : refuse(`Tranche ${quoted(cell)} is not a number from 1 to 99.`),
    )
    const percent = reader.read('percent', (cell) => String(sharePercent(cell, decimal)))
    if (reader.has('amount') === reader.has('percent'))
      reader.reasons.push('The row needs either an amount or a percentage of the deal.')
    return {
      ...{ deal, investor, tranche: tranche ?? 1, percent },
      amount: reader.has('amount') ? reader.amount('The amount') : null,
      allocatedOn: reader.day('allocatedOn'),
      externalRef: reader.text('externalRef', 'The reference', 100),
      key: JSON.stringify([lower(deal), lower(investor), tranche ?? 1]),
    }
  },
}

function receiptKeyOf(given: {
  bankReference: string | null
  account: string | null
  valueDate: string | null
  amount: string | null
  currency: string
}): string {
  const { bankReference, account, valueDate, amount, currency } = given
  if (bankReference === null || account === null || valueDate === null || amount === null) return ''
  const whole = { bankReference, account, valueDate, currency, text: '', payer: '' }
  return receiptKey({ ...whole, amount: toMinor(amount, currency) })
}

/** Checks one row by itself. All reasons against it come back together. */
export function checkRow(cells: readonly string[], style: RowStyle): CheckedRow {
  const { fields, kind, fund } = style
  if (cells.length !== fields.length)
    return { reasons: [`The row has ${cells.length} columns, the header has ${fields.length}.`] }
  if (cells.some((cell) => cell.length > maxCellBytes / 4 && Buffer.byteLength(cell) > maxCellBytes))
    return { reasons: ['A cell is larger than 32 KB.'] }
  const reader = new FundRowReader(cells, style)
  reader.read(
    'fund',
    (cell) =>
      cell.toLowerCase() === fund.name.toLowerCase() || refuse(`The row is about another fund, ${quoted(cell)}.`),
  )
  const row = readers[kind](reader, style)
  return reader.reasons.length > 0 ? { reasons: reader.reasons } : { row }
}
