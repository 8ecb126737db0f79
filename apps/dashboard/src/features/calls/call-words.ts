// Words and colours of calls and their lines.
import type { CallLineView, CapitalCallView } from '@throughline/contracts'
import type { Tone } from '@throughline/ui'
import type { CallStep } from './calls.api.ts'

export const callStateWords: Record<CapitalCallView['state'], readonly [string, Tone]> = {
  DRAFT: ['Draft', 'neutral'],
  IN_REVIEW: ['In review', 'info'],
  APPROVED: ['Approved', 'accent'],
  ISSUED: ['Issued', 'warn'],
  PARTIALLY_FUNDED: ['Partially funded', 'warn'],
  FUNDED: ['Funded', 'good'],
  CLOSED: ['Closed', 'good'],
  CANCELLED: ['Cancelled', 'neutral'],
}

export const lineStateWords: Record<CallLineView['state'], readonly [string, Tone]> = {
  PENDING: ['Pending', 'neutral'],
  NOTIFIED: ['Notified', 'info'],
  PARTIAL: ['Partly paid', 'warn'],
  FUNDED: ['Paid', 'good'],
  OVERFUNDED: ['Overpaid', 'info'],
  OVERDUE: ['Overdue', 'bad'],
  DEFAULT_NOTICE: ['Default notice', 'bad'],
  DEFAULTED: ['In default', 'bad'],
  CURED: ['Cured', 'good'],
  EXCUSED: ['Excused', 'neutral'],
}

export const componentWords = {
  INVESTMENT: 'Investment',
  FEE: 'Management fee',
  EXPENSE: 'Expense',
  OTHER: 'Other',
} as const

export const exclusionWords = {
  no_commitment: 'no commitment',
  defaulted: 'in default',
  not_in_base: 'pays no fee',
  excused: 'excused',
} as const

/** What a call is called where its title alone would not do. */
export const callName = ({ number, title }: Pick<CapitalCallView, 'number' | 'title'>): string =>
  number === null ? title : `Call ${number}: ${title}`

export const daysLate = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'} late`

interface StepWords {
  /** On the button. */
  label: string
  /** What will happen. */
  says: string
  /** Typed to confirm; nothing where a click is enough. */
  typed: boolean
  permission: 'capital_call:draft' | 'capital_call:approve' | 'capital_call:issue'
  done: string
}

export const stepWords: Record<CallStep, StepWords> = {
  submit: {
    label: 'Ask for approval',
    says: 'A second person looks at the matrix and approves it.',
    typed: false,
    permission: 'capital_call:draft',
    done: 'Somebody else can approve it now',
  },
  approve: {
    label: 'Approve',
    says: 'You approve the matrix as it is now. If positions change before the call is issued, it has to be approved anew.',
    typed: true,
    permission: 'capital_call:approve',
    done: 'The call is approved',
  },
  return: {
    label: 'Return',
    says: 'The call is a draft again, and an approval is gone.',
    typed: false,
    permission: 'capital_call:approve',
    done: 'The call is a draft again',
  },
  issue: {
    label: 'Issue',
    says: 'Every investor owes the line from now on: positions and books change, and the deals it pays for cannot be re-opened.',
    typed: true,
    permission: 'capital_call:issue',
    done: 'The call is issued',
  },
  close: {
    label: 'Close',
    says: 'Everything is paid or written off. A payment that bounces later re-opens the call.',
    typed: false,
    permission: 'capital_call:issue',
    done: 'The call is closed',
  },
  reopen: {
    label: 'Re-open',
    says: 'Lines of the call can be changed again.',
    typed: false,
    permission: 'capital_call:issue',
    done: 'The call is open again',
  },
  cancel: {
    label: 'Cancel call',
    says: 'Of an issued call everything is taken back: positions, books, and what holds its deals. The lines stay, as what was once asked for.',
    typed: true,
    permission: 'capital_call:issue',
    done: 'The call is cancelled',
  },
}
