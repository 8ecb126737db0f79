import type { FundImportKind, FundImportState } from '@throughline/contracts'
import type { Tone } from '@throughline/ui'

export const kindWords: Record<FundImportKind, { label: string; columns: string }> = {
  BANK_RECEIPTS: {
    label: 'Bank receipts',
    columns: 'bank reference, account, value date, amount; text, payer, currency',
  },
  COMMITMENTS: {
    label: 'Commitments',
    columns: 'investor (code or name), close, close date, amount; investor name, kind, tax country, fee free',
  },
  ALLOCATIONS: {
    label: 'Allocations',
    columns: 'deal (title or id), amount or percent; investor, tranche, date, external reference',
  },
  NAV_MARKS: { label: 'Marks', columns: 'deal (title or id), mark date, value; reason' },
}

export const stateWords: Record<FundImportState, { label: string; tone: Tone }> = {
  INSPECTING: { label: 'Being read', tone: 'info' },
  READY: { label: 'Ready to commit', tone: 'info' },
  REFUSED: { label: 'Has errors', tone: 'bad' },
  COMMITTING: { label: 'Being committed', tone: 'info' },
  COMMITTED: { label: 'Committed', tone: 'good' },
  FAILED: { label: 'Failed', tone: 'bad' },
}
