// The capital call as it stands in the wizard, and what is sent of it. Pure.
import type { CallComponentKind, CapitalCallDetail, DraftCapitalCall } from '@throughline/contracts'

export interface WizardComponent {
  /** Of the row on the screen. */
  key: string
  kind: CallComponentKind
  label: string
  /** As typed; nothing in the one that takes the rest of a call in per cent. */
  amount: string
  insideCommitment: boolean
  dealId: string | null
  /** By investor: why they take no part in it. */
  excused: Readonly<Record<string, string>>
}

export interface WizardDraft {
  title: string
  purpose: string
  basis: 'amount' | 'percent'
  percent: string
  noticeDate: string
  dueDate: string
  components: readonly WizardComponent[]
}

const dayMillis = 86_400_000

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMillis).toISOString().slice(0, 10)

/** A proposal: so many business days without holidays, and on no weekend. The API has the fund's calendar and the last word. */
export function proposedDueDate(noticeDate: string, noticeDays: number): string {
  const weekends = Math.ceil(noticeDays / 5) * 2
  const due = later(noticeDate, noticeDays + weekends)
  const weekday = new Date(`${due}T00:00:00Z`).getUTCDay()
  return later(due, weekday === 6 ? 2 : weekday === 0 ? 1 : 0)
}

export const emptyComponent = (key: string): WizardComponent => ({
  key,
  kind: 'INVESTMENT',
  label: 'Investment',
  amount: '',
  insideCommitment: true,
  dealId: null,
  excused: {},
})

export const emptyDraft = (today: string, noticeDays: number): WizardDraft => ({
  title: '',
  purpose: '',
  basis: 'amount',
  percent: '',
  noticeDate: today,
  dueDate: proposedDueDate(today, noticeDays),
  components: [emptyComponent('first')],
})

/** What is there already, to be changed. In per cent the last component takes the rest. */
export const draftOf = (call: CapitalCallDetail): WizardDraft => ({
  title: call.title,
  purpose: call.purpose,
  basis: call.percent === null ? 'amount' : 'percent',
  percent: call.percent === null ? '' : String(Number(call.percent)),
  noticeDate: call.noticeDate,
  dueDate: call.dueDate,
  components: call.components.map((component) => ({
    ...component,
    key: component.id,
    excused: Object.fromEntries(component.excused.map(({ investorId, reason }) => [investorId, reason])),
  })),
})

/** Thousands may be typed with blanks or commas; two digits of cents behind a point. */
export const plainAmount = (typed: string): string => typed.replace(/[\s,]/g, '')

/** In per cent the last component is what the others leave. */
export const takesTheRest = ({ basis, components }: WizardDraft, index: number): boolean =>
  basis === 'percent' && index === components.length - 1

export const requestOf = (draft: WizardDraft): DraftCapitalCall => ({
  title: draft.title.trim(),
  purpose: draft.purpose.trim(),
  percent: draft.basis === 'percent' ? draft.percent.trim() : null,
  noticeDate: draft.noticeDate,
  dueDate: draft.dueDate,
  components: draft.components.map(({ kind, label, amount, insideCommitment, dealId, excused }, index) => ({
    kind,
    label: label.trim(),
    amount: takesTheRest(draft, index) ? null : plainAmount(amount),
    insideCommitment,
    dealId: kind === 'INVESTMENT' ? dealId : null,
    // One without a reason is none yet.
    excused: Object.entries(excused).flatMap(([investorId, reason]) =>
      reason.trim() === '' ? [] : [{ investorId, reason: reason.trim() }],
    ),
  })),
})

/** What is missing before the matrix can be asked for; in words, nothing when it can. */
export function missingOf(draft: WizardDraft): string | undefined {
  if (draft.title.trim() === '') return 'Give the call a title.'
  if (draft.basis === 'percent' && !/^\d{1,3}(\.\d{1,6})?$/.test(draft.percent.trim()))
    return 'Say how many per cent, like 12.5.'
  if (draft.noticeDate === '' || draft.dueDate === '') return 'Say when the notice is dated, and when the call is due.'
  for (const [index, { label, amount }] of draft.components.entries()) {
    if (label.trim() === '') return `Component ${index + 1} needs a name.`
    if (!takesTheRest(draft, index) && !/^\d{1,16}(\.\d{1,2})?$/.test(plainAmount(amount)))
      return `${label} needs an amount like 1250.00.`
  }
  return undefined
}

/** With or without an investor in a component; a reason of nothing is no excuse yet, but stands in its field. */
export function withExcuse(
  draft: WizardDraft,
  { investorId, componentKey, reason }: { investorId: string; componentKey: string; reason: string | null },
): WizardDraft {
  const components = draft.components.map((component) => {
    if (component.key !== componentKey) return component
    const { [investorId]: _before, ...others } = component.excused
    return { ...component, excused: reason === null ? others : { ...others, [investorId]: reason } }
  })
  return { ...draft, components }
}
