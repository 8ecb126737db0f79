import type { PaymentKind, ReceiptState, ReceiptView } from '@throughline/contracts'
import type { Tone } from '@throughline/ui'

export const kindWords: Record<PaymentKind, { label: string; tone: Tone }> = {
  RECEIPT: { label: 'Received', tone: 'good' },
  PREPAID_APPLIED: { label: 'From prepaid', tone: 'info' },
  BOUNCE: { label: 'Bounced', tone: 'bad' },
  UNMATCH: { label: 'Un-matched', tone: 'warn' },
  REFUND: { label: 'Refunded', tone: 'neutral' },
}

export const receiptWords: Record<ReceiptState, { label: string; tone: Tone }> = {
  UNMATCHED: { label: 'Unmatched', tone: 'warn' },
  PROPOSED: { label: 'Proposed', tone: 'info' },
  MATCHED: { label: 'Matched', tone: 'good' },
  BOUNCED: { label: 'Bounced', tone: 'bad' },
  IGNORED: { label: 'Ignored', tone: 'neutral' },
}

export const basisWords: Record<ReceiptView['basis'], string> = {
  exact: 'The reference and the amount are those of',
  reference: 'The reference, but not the amount, is that of',
  amount_date_payer: 'No reference; amount, day and payer fit',
  none: 'Nothing says what it is for',
}

export const sourceWords: Record<ReceiptView['source'], string> = {
  manual: 'recorded by hand',
  bank_file: 'bank file',
  gateway: 'payment gateway',
}

export const ageOf = (days: number): string => (days === 0 ? 'today' : days === 1 ? '1 day old' : `${days} days old`)
