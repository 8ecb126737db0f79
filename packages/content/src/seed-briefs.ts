// What the demo's firms know and have asked for.
import type { ActivityState } from '@throughline/contracts'

export interface SeedDocument {
  title: string
  body: string
}

export const seedDocuments: SeedDocument[] = [
  {
    title: 'Investment principles',
    body: 'We commit capital in stages, and each stage has to earn the next one. Reserves are set at a third of every first commitment and are released by the investment committee only, in writing. A position that cannot be explained to a new colleague in five minutes is too complicated to hold. We would rather miss a good company than own a fragile one.',
  },
  {
    title: 'How we report',
    body: 'Every figure that leaves the firm carries its date and its currency. Gross performance is never shown without net performance beside it, over the same period and with the same prominence. Unrealised value is stated by the method that was used in the last audited accounts. When a number was wrong, the correction is sent to everybody who received the number.',
  },
  {
    title: 'Notes from the spring partner day',
    body: 'Founders told us that the most useful thing we do is to answer within a day, whatever the answer is. Three of the five best introductions of the year came from people who had sold a company and not from advisers. Patient capital was named as our clearest difference, and also as the one that we explain least well. The longest discussion was about follow-on rounds and who decides about them.',
  },
  {
    title: 'Glossary for new colleagues',
    body: 'A commitment is a signed promise; it becomes a contribution only when it is called and paid. Unfunded commitment is what may still be called, including distributions that can be recalled. A capital call names its components, its due date and the account, and is never changed by telephone. Pipeline that is weighted by probability is a planning tool and not a forecast.',
  },
]

export interface SeedBrief {
  topic: string
  audience: string
  keywords: string[]
  state: ActivityState
  /** Whole days before today. */
  daysAgo: number
  /** What a reviewer said about the first draft; there is a second one then. */
  revisedFor?: string
  /** Why it was rejected, or what the open revision asks for. */
  notes?: string
}

export const seedBriefs: SeedBrief[] = [
  {
    topic: 'Why reserves decide a vintage',
    audience: 'family offices',
    keywords: ['reserves', 'follow-on rounds', 'pacing'],
    state: 'APPROVED',
    daysAgo: 41,
  },
  {
    topic: 'Reading a pipeline without fooling yourself',
    audience: 'growth teams',
    keywords: ['weighted pipeline', 'win rate'],
    state: 'APPROVED',
    daysAgo: 30,
    revisedFor: 'Add a section about lost deals and make it shorter.',
  },
  {
    topic: 'Three guarantees that nobody should give',
    audience: 'first-time investors',
    keywords: ['risk', 'promises'],
    state: 'REJECTED',
    daysAgo: 24,
    notes:
      'The subject invites the very claims that we must not make. Please start from the disclosure policy instead.',
  },
  {
    topic: 'What a good capital call notice looks like',
    audience: 'fund administrators',
    keywords: ['capital calls', 'notice period'],
    state: 'APPROVED',
    daysAgo: 17,
  },
  {
    topic: 'The quiet cost of a slow answer',
    audience: 'founders',
    keywords: ['response time', 'introductions'],
    state: 'PENDING_REVIEW',
    daysAgo: 3,
  },
  {
    topic: 'How we think about follow-on rounds',
    audience: 'co-investors',
    keywords: ['follow-on rounds', 'reserves'],
    state: 'PENDING_REVIEW',
    daysAgo: 2,
    revisedFor: 'Please explain who decides, and mention the investment committee.',
  },
  {
    topic: 'Patient capital, in plain words',
    audience: 'family offices',
    keywords: ['patient capital', 'time horizon'],
    state: 'PENDING_REVIEW',
    daysAgo: 1,
  },
  {
    topic: 'A note on reporting what went wrong',
    audience: 'limited partners',
    keywords: ['reporting', 'corrections'],
    state: 'GENERATION_FAILED',
    daysAgo: 6,
  },
  {
    topic: 'Ten questions before the term sheet',
    audience: 'founders',
    keywords: ['term sheet'],
    state: 'CANCELLED',
    daysAgo: 12,
  },
]
