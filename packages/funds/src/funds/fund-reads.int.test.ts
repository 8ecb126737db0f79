import { randomUUID } from 'node:crypto'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { happen, holdFund, readPositions } from '../books/index.ts'
import { makeTestFund } from '../books/testing.ts'
import { dayIn } from '../calendar-days.ts'
import { type CommitmentEvent, standing } from '../commitments/index.ts'
import { fromMinor, sumOf } from '../minor-units.ts'
import { getFund, listFunds } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

describe('the totals of a fund', () => {
  it.each(['EUR', 'JPY'])('are those of the rules, recallable distributions of %s included', async (currency) => {
    const ctx = acme.ctx('manager')
    const { id, investors } = await makeTestFund(ctx, ['1000000', '333333', '1'], { name: `Of ${currency}`, currency })
    const source = { kind: 'capital_call', id: randomUUID() } as const
    const of = (event: CommitmentEvent) => investors.map(({ id: investorId }) => ({ investorId, event, source }))
    await ctx.db.transaction(async () =>
      happen(ctx, await holdFund(ctx, id), [
        ...of({
          date: '2025-02-01',
          kind: 'called',
          ...{ callId: source.id, insideCommitment: 1n, outsideCommitment: 7n, recalled: 0n },
        }),
        ...of({ date: '2025-03-01', kind: 'funded', insideCommitment: 1n, outsideCommitment: 3n }),
        ...of({ date: '2025-04-01', kind: 'distributed', amount: 90n, recallable: 60n, expiresOn: null }),
        ...of({ date: '2025-04-02', kind: 'distributed', amount: 9n, recallable: 5n, expiresOn: '2025-12-31' }),
        ...of({
          date: '2025-05-01',
          kind: 'called',
          ...{ callId: randomUUID(), insideCommitment: 11n, outsideCommitment: 0n, recalled: 11n },
        }),
      ]),
    )
    const fund = await getFund(ctx, id)
    const day = dayIn('Europe/Berlin', ctx.now())
    const positions = (await readPositions(ctx, { id, currency })).map((each) => standing(each, day))
    const total = (figure: (position: (typeof positions)[number]) => bigint) =>
      Number(fromMinor(sumOf(positions.map(figure)), currency))
    expect(fund).toMatchObject({ asOf: day, currency, version: 1 })
    const { investors: count, ...totals } = fund.totals
    expect(count).toBe(3)
    expect(Object.fromEntries(Object.entries(totals).map(([name, sum]) => [name, Number(sum)]))).toEqual({
      ...{ commitment: total((each) => each.commitment), called: total((each) => each.called) },
      ...{ calledOutside: total((each) => each.calledOutside), uncalled: total((each) => each.uncalled) },
      ...{ paidIn: total((each) => each.funded + each.fundedOutside), prepaid: 0 },
      ...{ outstanding: total((each) => each.outstanding), distributed: total((each) => each.distributed) },
    })
  })

  it('are one statement for a page of funds, and the pages go on by name', async () => {
    const ctx = globex.ctx('viewer')
    for (const name of ['C', 'A', 'B']) await makeTestFund(globex.ctx('manager'), ['1.00', '2.00'], { name })
    const recorded = recordStatements()
    const first = await listFunds(ctx, { limit: 2 })
    recorded.stop()
    expect(recorded.take().filter((text) => /select/i.test(text) && !/set_config/.test(text))).toHaveLength(1)
    expect(first.data.map(({ name, totals }) => [name, totals.commitment])).toEqual([
      ['A', '3.00'],
      ['B', '3.00'],
    ])
    const second = await listFunds(ctx, { limit: 2, cursor: first.page.nextCursor ?? '' })
    expect(second).toMatchObject({ data: [{ name: 'C' }], page: { nextCursor: null } })
  })

  it('are those of no other firm', async () => {
    const { id } = await makeTestFund(acme.ctx('manager'), ['1.00'], { name: 'Not theirs' })
    await expect(getFund(globex.ctx('owner'), id)).rejects.toMatchObject({ code: 'not_found' })
  })
})
