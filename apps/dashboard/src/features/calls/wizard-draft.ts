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
  /** Of a co-investment: who takes part, and nobody else; null where everybody does who is not excused. */
  participants: readonly string[] | null
}

/** Why the others take no part in a co-investment; by it a stored one is known again. */
export const coInvestmentReason = 'Takes no part in this co-investment'

export interface WizardDraft {
  title: string
  purpose: string
  basis: 'amount' | 'percent'
  percent: string
  noticeDate: string
  dueDate: string
  components: readonly WizardComponent[]
  /** All who can be called, by id: known once the matrix was asked for. */
  everybody: readonly string[]
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
  participants: null,
})

export const emptyDraft = (today: string, noticeDays: number): WizardDraft => ({
  title: '',
  purpose: '',
  basis: 'amount',
  percent: '',
  noticeDate: today,
  dueDate: proposedDueDate(today, noticeDays),
  components: [emptyComponent('first')],
  everybody: [],
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
    participants: isCoInvestment(component) ? [] : null,
  })),
  everybody: [],
})

const isCoInvestment = ({ excused }: CapitalCallDetail['components'][number]): boolean =>
  excused.length > 0 && excused.every(({ reason }) => reason === coInvestmentReason)

/** The matrix has said who can be called: of a stored co-investment those take part who are not excused. */
export function withEverybody(draft: WizardDraft, everybody: readonly string[]): WizardDraft {
  const components = draft.components.map((component) => {
    const { participants, excused } = component
    if (participants?.length !== 0 || Object.keys(excused).length === 0) return component
    return { ...component, excused: {}, participants: everybody.filter((id) => !(id in excused)) }
  })
  return { ...draft, components, everybody }
}

/** Whether a component is for some investors alone. What they pay is theirs beside the fund: outside of the commitment. */
export const asCoInvestment = (is: boolean): Partial<WizardComponent> =>
  is ? { participants: [], excused: {}, insideCommitment: false } : { participants: null, insideCommitment: true }

export function withParticipant(
  draft: WizardDraft,
  { investorId, componentKey, takesPart }: { investorId: string; componentKey: string; takesPart: boolean },
): WizardDraft {
  const components = draft.components.map((component) => {
    if (component.key !== componentKey || !component.participants) return component
    const others = component.participants.filter((id) => id !== investorId)
    return { ...component, participants: takesPart ? [...others, investorId] : others }
  })
  return { ...draft, components }
}

/** A co-investment of nobody. */
export const withoutParticipants = ({ components }: WizardDraft): string | undefined => {
  const empty = components.find(({ participants }) => participants?.length === 0)
  return empty && `Choose who takes part in ${empty.label}.`
}

/** Who is excused from a component, with the reason; one without a reason is none yet. */
function excusesOf({ participants, excused }: WizardComponent, everybody: readonly string[]) {
  if (participants && participants.length > 0)
    return everybody
      .filter((id) => !participants.includes(id))
      .map((investorId) => ({ investorId, reason: coInvestmentReason }))
  return Object.entries(excused).flatMap(([investorId, reason]) =>
    reason.trim() === '' ? [] : [{ investorId, reason: reason.trim() }],
  )
}

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
  components: draft.components.map((component, index) => ({
    kind: component.kind,
    label: component.label.trim(),
    amount: takesTheRest(draft, index) ? null : plainAmount(component.amount),
    insideCommitment: component.insideCommitment,
    dealId: component.kind === 'INVESTMENT' ? component.dealId : null,
    excused: excusesOf(component, draft.everybody),
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
