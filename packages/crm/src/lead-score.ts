import type { DealPriority } from '@throughline/contracts'
import { Decimal } from 'decimal.js'

export interface ScoredDeal {
  value: string
  priority: DealPriority
  leadSource: string | null
  hasCompany: boolean
  contactEmail: string | null
  hasContact: boolean
  expectedCloseDate: string | null
}

const freeMail = /@(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|gmx|web|aol|proton|protonmail)\./i
const sourcePoints: readonly [RegExp, number][] = [
  [/referral|partner|empfehlung|recommandation|referido/i, 20],
  [/inbound|website|webinar|content/i, 15],
  [/event|conference|messe/i, 10],
  [/outbound|cold/i, 5],
]
const priorityPoints: Readonly<Record<DealPriority, number>> = { LOW: 0, MEDIUM: 5, HIGH: 10, URGENT: 15 }

/** 0 to 100: how well a deal is known and how it came to us. The same facts always give the same score. */
export function leadScore(deal: ScoredDeal): number {
  const source = sourcePoints.find(([pattern]) => pattern.test(deal.leadSource ?? ''))?.[1] ?? 0
  const mail = deal.contactEmail === null ? 0 : freeMail.test(deal.contactEmail) ? 5 : 15
  const points = [
    10,
    deal.hasCompany ? 15 : 0,
    deal.hasContact ? 10 : 0,
    mail,
    source,
    new Decimal(deal.value).gt(0) ? 10 : 0,
    deal.expectedCloseDate === null ? 0 : 5,
    priorityPoints[deal.priority],
  ]
  return Math.min(
    100,
    points.reduce((sum, point) => sum + point, 0),
  )
}
