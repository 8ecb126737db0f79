// Two firms with two funds each, what their people have asked for, and what they were told.
import { randomUUID } from 'node:crypto'
import type { TestTenant, TestWorld } from '@throughline/testing'
import { makeTestFund } from '../../../packages/funds/src/books/testing.ts'
import { makeWonDeal } from '../../../packages/funds/src/capital-calls/testing.ts'
import { type Answer, ask, askAndHangUp, type Call, signInAs } from './calls.ts'
import { createChance } from './check.ts'

/** What can be found again in the tables by its mark. */
export const deedKinds = [
  'call drafted',
  'call issued',
  'receipt',
  'bounce',
  'refund',
  'distribution drafted',
  'distribution declared',
  'distribution paid',
  'investment',
  'sale',
  'line draw',
  'line repayment',
] as const
export type DeedKind = (typeof deedKinds)[number]

export interface Deed {
  /** None: a step between, which is only asked for again. */
  kind?: DeedKind
  /** In the row that it makes; two people who record the same booking share one. */
  mark: string
  fundId: string
  /** In cents. */
  amount: bigint
  call: Call
  /** None: the client has hung up and does not know. */
  answer?: Answer
}

export interface Desk {
  tenant: TestTenant
  fundId: string
  investors: string[]
  /** That the fund puts money into and gets it back from. */
  dealId: string
  /** What of it was invested and acknowledged, less the cost of what somebody has tried to sell. */
  held: bigint
  /** Who writes, and the second person. */
  manager: string
  admin: string
  /** Lines of issued calls that clients know of. */
  lines: { id: string; due: bigint }[]
  /** Bookings that somebody has sent, so that somebody else can send them too. */
  sent: Pick<Deed, 'mark' | 'amount' | 'call'>[]
  /** Receipts that were acknowledged and not bounced. */
  receipts: { id: string; amount: bigint }[]
}

export interface Stage {
  front: { url: string }
  desks: Desk[]
  deeds: Deed[]
  chance: () => number
  ended: boolean
}

export const wasDone = ({ answer }: Deed): boolean => answer !== undefined && answer.status < 300
export const toCents = (money: string): bigint => BigInt(money.replace('.', ''))
export const fromCents = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`

const investorsOfAFund = 8
const commitment = '900000000.00'

export async function openStage(world: TestWorld, front: { url: string }): Promise<Stage> {
  const desks: Desk[] = []
  for (const name of ['Bank', 'Trust']) {
    const tenant = await world.tenant(name)
    const [manager, admin] = await Promise.all([signInAs(front, tenant), signInAs(front, tenant, 'admin')])
    for (const fund of ['I', 'II']) {
      const commitments = Array.from({ length: investorsOfAFund }, () => commitment)
      const made = await makeTestFund(tenant.ctx('manager'), commitments, { name: `${name} ${fund}` })
      const investors = made.investors.map(({ id }) => id)
      const dealId = await makeWonDeal(tenant.ctx('manager'), { title: `Deal of ${name} ${fund}` })
      const people = { tenant, fundId: made.id, investors, manager, admin }
      desks.push({ ...people, dealId, held: 0n, lines: [], sent: [], receipts: [] })
    }
  }
  return { front, desks, deeds: [], chance: createChance(5), ended: false }
}

export const newMark = (what: string): string => `${what} ${randomUUID()}`
export const pick = <T>({ chance }: Stage, from: readonly T[]): T | undefined =>
  from[Math.floor(chance() * from.length)]

export type Wish = Omit<Deed, 'answer' | 'call'> & { call: Omit<Call, 'key'> }

/** Makes the key, remembers the wish, and only then sends it, until there is an answer. */
export async function wish(stage: Stage, { call, ...what }: Wish): Promise<Deed & { answer: Answer }> {
  const deed: Deed = { ...what, call: { ...call, key: randomUUID() } }
  stage.deeds.push(deed)
  const answer = await ask(stage.front, deed.call)
  deed.answer = answer
  return { ...deed, answer }
}

/** Sends it and does not wait: whether it was done is known only to the tables. */
export async function wishAndHangUp(stage: Stage, { call, ...what }: Wish): Promise<void> {
  const deed: Deed = { ...what, call: { ...call, key: randomUUID() } }
  stage.deeds.push(deed)
  await askAndHangUp(stage.front, deed.call, stage.chance() * 60)
}
