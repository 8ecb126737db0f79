import { type CtxInput, sql, tenantCtx } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPositions } from '../books/index.ts'
import { makeTestFund } from '../books/testing.ts'
import { sumOf } from '../minor-units.ts'
import {
  approveCall,
  cancelCall,
  chargeInterest,
  draftOvercall,
  getCall,
  issueCall,
  listCallLines,
  previewCall,
  stepDefault,
  writeOff,
} from './index.ts'
import { aDraft, anIssuedCall } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

const manager = () => acme.ctx('manager')
/** Somebody on a day, at noon. */
const on = (day: string, role: 'manager' | 'admin' = 'manager') => {
  const actor: CtxInput['actor'] = {
    kind: 'user',
    id: acme.members[role].id,
    role,
  }
  return tenantCtx(world.database, {
    tenantId: acme.id,
    actor,
    log: world.log,
    now: () => new Date(`${day}T12:00:00Z`),
  })
}
let funds = 0
const anIssued = async (terms = {}, commitments = ['600000.00', '300000.00', '100000.00']) => {
  funds += 1
  const fund = await makeTestFund(manager(), commitments, { name: `Fund ${funds}`, terms })
  const call = await anIssuedCall(acme, fund.id, aDraft({ components: [{ amount: '10000.00' }] }))
  const { data } = await listCallLines(manager(), call.id, { limit: 100 })
  const lineOf = (index: number) => {
    const line = data.find(({ investorId }) => investorId === fund.investors[index]?.id)
    if (!line) throw new Error('no such line')
    return { callId: call.id, lineId: line.id }
  }
  return { fund, call, lineOf }
}
const position = async (fund: { id: string; currency: string }, investorId: string | undefined) =>
  (await readPositions(manager(), fund, [investorId ?? '']))[0]
const balances = (fundId: string) =>
  acme.systemCtx().db.query(sql`select account, sum(amount) as sum from ledger_balances
    where fund_id = ${fundId}::uuid group by account having sum(amount) <> 0 order by 1`)

describe('a late line', () => {
  it('is overdue from the day after the due date, in the zone of the fund', async () => {
    const { call } = await anIssued()
    const states = async (day: string) =>
      (await listCallLines(on(day), call.id, { limit: 1 })).data.map(({ state, overdueDays }) => [state, overdueDays])
    expect(await states('2026-03-16')).toEqual([['PENDING', 0]])
    expect(await states('2026-03-18')).toEqual([['OVERDUE', 2]])
    expect(await getCall(on('2026-03-18'), call.id)).toMatchObject({ state: 'ISSUED', overdueDays: 2 })
  })

  it('is in default only after notice, the days to cure and a second person, and then takes part in no call', async () => {
    const { fund, call, lineOf } = await anIssued()
    const line = lineOf(1)
    const notice = { action: 'send_notice' } as const
    const designate = { action: 'designate' } as const
    await expect(stepDefault(on('2026-03-16'), line, notice)).rejects.toMatchObject({ code: 'illegal_transition' })
    await expect(stepDefault(on('2026-03-20'), line, designate)).rejects.toMatchObject({ code: 'illegal_transition' })
    const sent = await stepDefault(on('2026-03-20'), line, notice)
    expect(sent).toMatchObject({ state: 'DEFAULT_NOTICE', noticeOn: '2026-03-20', lastDayToCure: '2026-03-27' })
    await expect(stepDefault(on('2026-03-27', 'admin'), line, designate)).rejects.toMatchObject({
      code: 'illegal_transition',
      details: { lastDay: '2026-03-27' },
    })
    await expect(stepDefault(on('2026-03-28'), line, designate)).rejects.toMatchObject({ code: 'forbidden' })
    const designated = await stepDefault(on('2026-03-28', 'admin'), { ...line, version: sent.version }, designate)
    expect(designated.state).toBe('DEFAULTED')
    const investorId = fund.investors[1]?.id
    expect(await position(fund, investorId)).toMatchObject({ defaultedOn: '2026-03-28' })
    const next = await previewCall(manager(), fund.id, aDraft())
    expect(next.excluded.map(({ investorId: id, reason }) => [id, reason])).toEqual([[investorId, 'defaulted']])
    expect((await getCall(manager(), call.id)).shortfall).toBe('3000.00')
    const cured = await stepDefault(on('2026-04-02'), line, { action: 'cure', reason: 'Paid late, accepted' })
    expect(cured.state).toBe('CURED')
    expect(await position(fund, investorId)).toMatchObject({ defaultedOn: null })
  })

  it('bears interest on the principal, outside of the commitment, which bears none itself', async () => {
    const { fund, call, lineOf } = await anIssued()
    const line = lineOf(0)
    const first = await chargeInterest(on('2026-04-30'), line, { through: '2026-04-22' })
    // 6,000.00 x 12 % x 37 / 365
    expect(first).toMatchObject({ lateInterest: '72.99', due: '6072.99', inside: '6000.00', outside: '72.99' })
    const second = await chargeInterest(on('2026-04-30'), line, { through: '2026-04-23' })
    expect(second).toMatchObject({ lateInterest: '74.96' })
    await expect(chargeInterest(on('2026-04-30'), line, { through: '2026-04-23' })).rejects.toMatchObject({
      code: 'unprocessable',
    })
    await expect(chargeInterest(on('2026-04-30'), line, { through: '2026-05-01' })).rejects.toMatchObject({
      code: 'unprocessable',
    })
    expect(await position(fund, fund.investors[0]?.id)).toMatchObject({ called: 600_000n, calledOutside: 74_96n })
    expect(await balances(fund.id)).toContainEqual({ account: 'late_interest', sum: '-74.96' })
    // Cancelled with everything else of the call.
    await cancelCall(manager(), call.id, { reason: 'Wrong fund' })
    expect(await position(fund, fund.investors[0]?.id)).toMatchObject({ called: 0n, calledOutside: 0n })
    expect(await balances(fund.id)).toEqual([])
  })
})

describe('what is short', () => {
  it('is written off where the fund tolerates it, or all of it with a reason, and the call is funded then', async () => {
    const { fund, call, lineOf } = await anIssued({ tolerance: '25.00' })
    const short = { what: 'shortfall', reason: 'Bank charges' } as const
    await expect(writeOff(manager(), lineOf(0), short)).rejects.toMatchObject({ code: 'unprocessable' })
    await acme.systemCtx().db.execute(sql`update capital_call_lines set applied = due - 15
      where call_id = ${call.id}::uuid`)
    expect(await writeOff(manager(), lineOf(0), short)).toMatchObject({ writtenOff: '15.00', outstanding: '0.00' })
    expect(await position(fund, fund.investors[0]?.id)).toMatchObject({ writtenOff: 15_00n, writtenOffOutside: 0n })
    expect(await balances(fund.id)).toContainEqual({ account: 'written_off', sum: '15.00' })
    const rest = { what: 'rest', reason: 'Will never be paid' } as const
    await writeOff(manager(), lineOf(1), rest)
    await writeOff(manager(), lineOf(2), rest)
    await expect(writeOff(manager(), lineOf(2), rest)).rejects.toMatchObject({ code: 'unprocessable' })
    expect(await getCall(manager(), call.id)).toMatchObject({
      state: 'FUNDED',
      outstanding: '0.00',
      writtenOff: '45.00',
    })
  })

  it('of those in default is asked of the others, up to the cap of the fund', async () => {
    const { fund, call, lineOf } = await anIssued({}, ['600000.00', '300000.00', '300000.00'])
    const line = lineOf(1)
    const [component] = (await getCall(manager(), call.id)).components
    const wish = { componentId: component?.id ?? '', noticeDate: '2026-04-01', dueDate: '2026-04-30' }
    await expect(draftOvercall(manager(), call.id, wish)).rejects.toMatchObject({ code: 'conflict' })
    await stepDefault(on('2026-03-20'), line, { action: 'send_notice' })
    await stepDefault(on('2026-03-28', 'admin'), line, { action: 'designate' })
    const overcall = await draftOvercall(manager(), call.id, wish)
    expect(overcall).toMatchObject({ state: 'DRAFT', amount: '2500.00', title: 'Overcall for First call' })
    await approveCall(acme.ctx('admin'), overcall.id)
    expect(await issueCall(manager(), overcall.id)).toMatchObject({ state: 'ISSUED', number: 2 })
    const { data } = await listCallLines(manager(), overcall.id, { limit: 100 })
    expect(data.map(({ due }) => due).toSorted()).toEqual(['1666.67', '833.33'])
    expect(sumOf((await readPositions(manager(), fund)).map(({ called }) => called))).toBe(12_500_00n)
    expect(await getCall(manager(), overcall.id)).toMatchObject({
      overcallOf: { callId: call.id, title: 'First call' },
    })
    await expect(draftOvercall(manager(), call.id, wish)).rejects.toMatchObject({ code: 'conflict' })
    await cancelCall(manager(), overcall.id, { reason: 'The investor has paid' })
    expect(await draftOvercall(manager(), call.id, wish)).toMatchObject({ amount: '2500.00' })
  })
})

it('another firm finds no line', async () => {
  const { lineOf } = await anIssued()
  const stranger = globex.ctx('owner')
  for (const attempt of [
    () => stepDefault(stranger, lineOf(0), { action: 'send_notice' }),
    () => chargeInterest(stranger, lineOf(0), { through: '2026-04-01' }),
    () => writeOff(stranger, lineOf(0), { what: 'rest', reason: 'No' }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
})
