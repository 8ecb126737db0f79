// Which column of a file is what, by its name.
import { namesIn, plain } from '@throughline/cells'
import { type FundImportField, type FundImportKind, fundImportFieldsOf } from '@throughline/contracts'

/** What people, banks and administrators call a column, in English and German. */
const names: Readonly<Record<FundImportField, string>> = {
  fund: 'fund, fund name, fonds, fondsname',
  investor: 'investor, investor code, investor id, lp, lp code, lp id, limited partner, anleger, anlegernummer, code',
  investorName: 'investor name, name, legal name, anlegername',
  investorKind: 'investor kind, kind, investor type, type, entity type, art',
  taxCountry: 'tax country, country, tax residence, domicile, land, steuerland',
  closeName: 'close, close name, closing, zeichnung',
  closeDate: 'close date, closing date, commitment date, signed on, zeichnungsdatum',
  amount: `amount, commitment, commitment amount, value, fair value, nav, mark, credit, credit amount, betrag, umsatz, zusage,
    zeichnungsbetrag, wert, marktwert, allocation`,
  currency: 'currency, ccy, wahrung, waehrung',
  feeFree: 'fee free, no fee, gebuhrenfrei',
  bankReference: `bank reference, bank ref, transaction id, transaction reference, booking id, booking reference, reference,
    buchungsreferenz, bankreferenz, referenz`,
  account: 'account, account number, iban, own account, konto, kontonummer',
  valueDate: 'value date, valuta, date, booking date, wertstellung, valutadatum, buchungstag, datum',
  text: `text, purpose, payment details, remittance information, description, details, memo, verwendungszweck, buchungstext`,
  payer: 'payer, payer name, counterparty, counterparty name, ordering party, auftraggeber, zahler, name of payer',
  deal: 'deal, deal id, deal title, holding, investment, asset, portfolio company, beteiligung',
  markedOn: 'marked on, mark date, valuation date, as of, date, stichtag, bewertungsdatum, datum',
  reason: 'reason, note, comment, method, begrundung, bemerkung',
  tranche: 'tranche, tranche number',
  percent: 'percent, percentage, share, pct, prozent, anteil, %',
  allocatedOn: 'allocated on, allocation date, date, datum',
  externalRef: 'external ref, external reference, reference, ref, id, referenz',
}

/** What a file cannot do without. */
const required: Readonly<Record<FundImportKind, readonly FundImportField[]>> = {
  COMMITMENTS: ['investor', 'closeName', 'closeDate', 'amount'],
  BANK_RECEIPTS: ['bankReference', 'account', 'valueDate', 'amount'],
  NAV_MARKS: ['deal', 'markedOn', 'amount'],
  ALLOCATIONS: ['deal'],
}
export const amountFields: readonly FundImportField[] = ['amount', 'percent']
export const dateFields: readonly FundImportField[] = ['closeDate', 'valueDate', 'markedOn', 'allocatedOn']

const words = (field: FundImportField): string => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim()

export interface Columns {
  /** One a column, in its order; null is left out. */
  fields: (FundImportField | null)[]
  /** In words, when the file cannot be read as one of this kind. */
  problem: string | null
}

/** A name that two columns have is the first one's. */
export function columnsOf(kind: FundImportKind, headers: readonly string[]): Columns {
  const known: readonly FundImportField[] = fundImportFieldsOf[kind]
  const taken = new Set<FundImportField>()
  const fields = headers.map((header) => {
    const name = header.trim() === '%' ? '%' : plain(header)
    const field = known.find(
      (each) => !taken.has(each) && (plain(words(each)) === name || namesOf(each).includes(name)),
    )
    if (field) taken.add(field)
    return field ?? null
  })
  const missing = required[kind].filter((field) => !taken.has(field)).map((field) => `"${words(field)}"`)
  if (missing.length > 0) return { fields, problem: `The file has no column ${missing.join(' and no column ')}.` }
  if (kind === 'ALLOCATIONS' && !taken.has('amount') && !taken.has('percent'))
    return { fields, problem: 'The file has neither a column "amount" nor a column "percent".' }
  return { fields, problem: null }
}

const namesOf = (field: FundImportField): string[] =>
  field === 'percent' ? [...namesIn(names.percent), '%'] : namesIn(names[field])
