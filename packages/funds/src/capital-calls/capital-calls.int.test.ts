import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAllocation } from '../allocations/index.ts'
import { happen, holdFund, readPositions } from '../books/index.ts'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { standing } from '../commitments/index.ts'
import { sumOf, toMinor } from '../minor-units.ts'
import {
  approveCall,
  callMatrix,
  cancelCall,
  closeCall,
  draftCall,
  getCall,
  issueCall,
  listCallLines,
  listCalls,
  previewCall,
  returnCall,
  submitCall,
  updateCall,
} from './index.ts'
import { aDraft, anIssuedCall, makeWonDeal } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

let funds = 0
const million = '1000000.00'
const aFund = (commitments = [million, million, million], terms = {}): Promise<TestFund> => {
  funds += 1
  return makeTestFund(acme.ctx('manager'), commitments, { name: `Fund ${funds}`, terms })
}
const manager = () => acme.ctx('manager')
const admin = () => acme.ctx('admin')
const page = { limit: 100 }
const lines = async (callId: string) => (await listCallLines(manager(), callId, page)).data

/** Every figure of a fund that a call could change. */
async function figuresOf(fund: TestFund) {
  const positions = await readPositions(manager(), fund)
  return {
    positions: positions.map((position) => {
      const { lots: _lots, recalls: _recalls, ...figures } = standing(position, '2027-01-01')
      return { ...figures, lastEventOn: null }
    }),
    balances: await acme.systemCtx().db.query(sql`select account, sum(amount) as sum from ledger_balances
      where fund_id = ${fund.id}::uuid group by account having sum(amount) <> 0 order by 1`),
    subLedgers: await acme
      .systemCtx()
      .db.query(sql`select investor_id, account, sum(amount) as sum from investor_balances
      where fund_id = ${fund.id}::uuid group by 1, 2 having sum(amount) <> 0 order by 1, 2`),
  }
}

describe('a draft', () => {
  it('touches no figure, and shows the whole matrix with a proof of each cent', async () => {
    const fund = await aFund()
    const before = await figuresOf(fund)
    const call = await draftCall(manager(), fund.id, aDraft())
    const matrix = await callMatrix(manager(), call.id)
    expect(matrix.lines.map(({ due }) => due).toSorted()).toEqual(['33333.33', '33333.33', '33333.34'])
    expect(matrix.lines[0]?.parts[0]).toMatchObject({
      ideal: '33333.33333333',
      floor: '33333.33',
      remainder: '0.00333333',
    })
    expect(matrix).toEqual({
      ...(await previewCall(manager(), fund.id, aDraft())),
      components: matrix.components,
      lines: matrix.lines,
    })
    expect(await figuresOf(fund)).toEqual(before)
    expect(call).toMatchObject({ state: 'DRAFT', number: null, lines: 0, amount: '100000.00' })
  })

  it('in per cent is an amount of the commitments, of which one component takes what the others leave', async () => {
    const fund = await aFund()
    const components = [{ kind: 'FEE', label: 'Fee', amount: '15000.00' }, { amount: null }]
    const call = await draftCall(manager(), fund.id, aDraft({ percent: '2.5', components }))
    expect(call.amount).toBe('75000.00')
    expect((await getCall(manager(), call.id)).components.map(({ amount }) => amount)).toEqual(['15000.00', '60000.00'])
    await expect(draftCall(manager(), fund.id, aDraft({ percent: '2.5' }))).rejects.toMatchObject({
      code: 'unprocessable',
    })
    await expect(draftCall(manager(), fund.id, aDraft({ percent: '0.1', components }))).rejects.toMatchObject({
      code: 'unprocessable',
    })
  })

  it('leaves out who is excused, defaulted or free of the fee, with the reason', async () => {
    const fund = await aFund([million, million, million, '0.00'])
    const [first, second, third, none] = fund.investors.map(({ id }) => id)
    await acme.systemCtx().db.execute(sql`update fund_positions set
      defaulted_on = case when investor_id = ${second ?? ''}::uuid then '2026-01-01'::date end,
      fee_free = case when investor_id = ${third ?? ''}::uuid then commitment else 0 end
      where fund_id = ${fund.id}::uuid`)
    const components = [
      { excused: [{ investorId: first, reason: 'No weapons' }] },
      { kind: 'FEE', label: 'Fee', amount: '100.00' },
    ]
    const matrix = await previewCall(manager(), fund.id, aDraft({ components }))
    expect(matrix.lines.map(({ investorId, due }) => [investorId, due]).toSorted()).toEqual(
      [
        [first, '100.00'],
        [third, '100000.00'],
      ].toSorted(),
    )
    const why = (id: string | undefined) =>
      matrix.excluded.flatMap(({ investorId, reason, note }) => (investorId === id ? [note ?? reason] : []))
    expect([why(first), why(second), why(third), why(none)]).toEqual([
      ['No weapons'],
      ['defaulted', 'defaulted'],
      ['not_in_base'],
      ['no_commitment', 'no_commitment'],
    ])
  })

  it('is refused beyond what is uncalled, with too little notice, on a holiday, and with strangers', async () => {
    const fund = await aFund([million], { holidays: ['2026-03-17'] })
    const theirs = await makeTestFund(globex.ctx('manager'), [million], { name: 'Theirs' })
    const stranger = { investorId: theirs.investors[0]?.id, reason: 'A stranger' }
    for (const draft of [
      aDraft({ components: [{ amount: '1000000.01' }] }),
      aDraft({ dueDate: '2026-03-13' }),
      aDraft({ dueDate: '2026-03-17' }),
      aDraft({ components: [{ excused: [stranger] }] }),
      aDraft({ components: [{ amount: '0.00' }] }),
      aDraft({ components: [{ amount: null }] }),
    ])
      await expect(draftCall(manager(), fund.id, draft)).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(draftCall(manager(), theirs.id, aDraft())).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('approval', () => {
  it('takes a second person, and is taken back by an edit', async () => {
    const fund = await aFund()
    const call = await draftCall(manager(), fund.id, aDraft())
    await submitCall(manager(), call.id, 1)
    await expect(approveCall(manager(), call.id)).rejects.toMatchObject({ code: 'forbidden' })
    const approved = await approveCall(admin(), call.id, 2)
    expect(approved).toMatchObject({ state: 'APPROVED', version: 3 })
    expect(await getCall(manager(), call.id)).toMatchObject({
      approvedBy: { id: acme.members.admin.id },
      matrixSha256: (await callMatrix(manager(), call.id)).sha256,
      actions: ['return', 'issue', 'cancel'],
    })
    await expect(updateCall(manager(), call.id, { ...aDraft(), version: 2 })).rejects.toMatchObject({
      code: 'stale_version',
    })
    const edited = await updateCall(admin(), call.id, { ...aDraft({ title: 'Another' }), version: 3 })
    expect(edited).toMatchObject({ state: 'DRAFT', title: 'Another' })
    expect(await getCall(manager(), call.id)).toMatchObject({ approvedBy: null, matrixSha256: null })
    await expect(issueCall(manager(), call.id)).rejects.toMatchObject({ code: 'illegal_transition' })
    await expect(approveCall(admin(), call.id)).rejects.toMatchObject({ code: 'forbidden' })
    await approveCall(manager(), call.id)
    expect(await returnCall(manager(), call.id)).toMatchObject({ state: 'DRAFT' })
  })

  it('happens once, however many ask for it at a time', async () => {
    const fund = await aFund()
    const call = await draftCall(manager(), fund.id, aDraft())
    const asked = await Promise.allSettled(Array.from({ length: 100 }, () => approveCall(admin(), call.id)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of asked)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'illegal_transition' })
    expect(await acme.systemCtx().db.query(sql`select version from capital_calls where id = ${call.id}::uuid`)).toEqual(
      [{ version: 2 }],
    )
  })
})

describe('issue', () => {
  it('writes number, lines, references, positions and entry, and announces them', async () => {
    const fund = await aFund()
    const call = await anIssuedCall(acme, fund.id)
    expect(call).toMatchObject({ state: 'ISSUED', number: 1, lines: 3, due: '100000.00', outstanding: '100000.00' })
    const written = await lines(call.id)
    expect(new Set(written.map(({ reference }) => reference)).size).toBe(3)
    expect(written[0]?.reference).toMatch(/^F\d+-C1-LP-[0-9a-f]{8}-0001$/)
    expect(written[0]).toMatchObject({ inside: written[0]?.due, outside: '0.00', recalled: '0.00' })
    const positions = await readPositions(manager(), fund)
    expect(sumOf(positions.map(({ called }) => called))).toBe(100_000_00n)
    expect(
      await acme.systemCtx().db.query(sql`select account, sum(amount) as sum from ledger_balances
        where fund_id = ${fund.id}::uuid group by 1 order by 1`),
    ).toEqual([
      { account: 'call_receivable', sum: '100000.00' },
      { account: 'contributed_capital', sum: '-100000.00' },
    ])
    const events = await acme.systemCtx().db.query<{ type: string }>(sql`select distinct type from events
      where data->>'callId' = ${call.id} or data->>'fundId' = ${fund.id} order by 1`)
    expect(events.map(({ type }) => type)).toEqual(['capital_call.changed', 'ledger.posted'])
    await expect(callMatrix(manager(), call.id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(issueCall(manager(), call.id)).rejects.toMatchObject({ code: 'illegal_transition' })
  })

  it('is refused when positions have changed since the approval', async () => {
    const fund = await aFund()
    const first = await draftCall(manager(), fund.id, aDraft())
    const second = await draftCall(manager(), fund.id, aDraft({ title: 'Second call' }))
    await approveCall(admin(), first.id)
    await approveCall(admin(), second.id)
    await issueCall(manager(), first.id)
    await expect(issueCall(manager(), second.id)).rejects.toMatchObject({ code: 'conflict' })
    await returnCall(manager(), second.id)
    await approveCall(admin(), second.id)
    expect(await issueCall(manager(), second.id)).toMatchObject({ number: 2 })
    const totals = (await readPositions(manager(), fund)).map(({ called }) => called).toSorted()
    expect(totals.map(String)).toEqual(['6666666', '6666667', '6666667'])
  })

  it('of several calls at once stays exact: each has a number of its own, and no cent is called twice', async () => {
    const fund = await aFund([million, '500000.00', '250000.00'])
    const calls = await Promise.all(
      Array.from({ length: 6 }, (_, n) => draftCall(manager(), fund.id, aDraft({ title: `Call ${n}` }))),
    )
    await Promise.all(calls.map(({ id }) => approveCall(admin(), id)))
    const issued = await Promise.allSettled(calls.map(({ id }) => issueCall(manager(), id)))
    expect(issued.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const positions = await readPositions(manager(), fund)
    expect(sumOf(positions.map(({ called }) => called))).toBe(100_000_00n)
    expect(
      (await listCalls(manager(), fund.id, { ...page, state: ['ISSUED'] })).data.map(({ number }) => number),
    ).toEqual([1])
  })

  it('waits for the notice date, and for the period to be open', async () => {
    const fund = await aFund()
    const draft = aDraft({ noticeDate: '2999-03-01', dueDate: '2999-03-29' })
    const call = await draftCall(manager(), fund.id, draft)
    await approveCall(admin(), call.id)
    await expect(issueCall(manager(), call.id)).rejects.toMatchObject({ code: 'unprocessable' })
    const other = await draftCall(manager(), fund.id, aDraft())
    await approveCall(admin(), other.id)
    await acme.systemCtx().db.execute(sql`update funds set locked_through = '2026-03-31' where id = ${fund.id}::uuid`)
    await expect(issueCall(manager(), other.id)).rejects.toMatchObject({ code: 'unprocessable' })
    expect(await getCall(manager(), other.id)).toMatchObject({ state: 'APPROVED', number: null })
  })

  it('calls back recallable distributions only for what the commitment has no room for', async () => {
    const fund = await aFund(['1000.00'])
    const [investor] = fund.investors
    await acme.systemCtx().db.transaction(async () => {
      const ctx = manager()
      await ctx.db.transaction(async () => {
        await happen(ctx, await holdFund(ctx, fund.id), [
          {
            investorId: investor?.id ?? '',
            source: { kind: 'distribution', id: fund.id },
            event: { kind: 'distributed', date: '2026-01-10', amount: 40_000n, recallable: 30_000n, expiresOn: null },
          },
        ])
      })
    })
    const call = await anIssuedCall(acme, fund.id, aDraft({ components: [{ amount: '1200.00' }] }))
    expect((await lines(call.id))[0]).toMatchObject({ due: '1200.00', recalled: '200.00' })
    const [position] = await readPositions(manager(), fund)
    expect(position && standing(position, '2026-12-31')).toMatchObject({
      uncalled: 10_000n,
      recalled: 20_000n,
      stillRecallable: 10_000n,
    })
  })

  it('is as many statements for 300 investors as for 3', async () => {
    const count = async (investors: number) => {
      const fund = await aFund(Array.from({ length: investors }, (_, n) => `${1000 + n}.00`))
      const call = await draftCall(manager(), fund.id, aDraft({ components: [{ amount: '2999.99' }] }))
      await approveCall(admin(), call.id)
      const recorded = recordStatements()
      await issueCall(manager(), call.id)
      recorded.stop()
      return recorded.take().length
    }
    const few = await count(3)
    expect(await count(300)).toBe(few)
    expect(few).toBeLessThan(40)
  })

  it('has the sums of its lines kept beside it, whatever changes them, and is left alone when they stay', async () => {
    const fund = await aFund()
    const calls = [await anIssuedCall(acme, fund.id), await anIssuedCall(acme, fund.id)]
    const { db } = acme.systemCtx()
    const ids = calls.map(({ id }) => id)
    const kept = () =>
      db.query(sql`select c.xmin::text as written, c.line_count = s.n and c.lines_due = s.due and c.lines_applied = s.applied
          and c.lines_written_off = s.written_off as same, c.lines_applied as applied, c.lines_written_off as "writtenOff"
        from capital_calls c join (select call_id, count(*) as n, sum(due) as due, sum(applied) as applied,
          sum(written_off) as written_off from capital_call_lines group by 1) s on s.call_id = c.id
        where c.id = any(${ids}::uuid[]) order by c.id`)
    expect(await kept()).toMatchObject([{ same: true }, { same: true }])
    await db.execute(
      sql`update capital_call_lines set applied = applied + 100.01, written_off = 5 where call_id = any(${ids}::uuid[])`,
    )
    await db.execute(sql`update capital_call_lines set applied = applied - 100.01 where call_id = ${ids[0]}::uuid`)
    const changed = await kept()
    expect(changed).toMatchObject([
      { same: true, applied: '0.00', writtenOff: '15.00' },
      { same: true, applied: '300.03', writtenOff: '15.00' },
    ])
    await db.execute(sql`update capital_call_lines set notified_at = now() where call_id = any(${ids}::uuid[])`)
    expect(await kept()).toEqual(changed)
  })

  it('of 5,000 investors sums to the cent, and asks nobody for more than is uncalled', async () => {
    const fund = await aFund(Array.from({ length: 5000 }, (_, n) => `${1000 + ((n * 7919) % 90_000)}.${10 + (n % 90)}`))
    const components = [
      { amount: '12345678.91' },
      { kind: 'FEE', label: 'Fee', amount: '765432.10' },
      { kind: 'EXPENSE', label: 'Audit', amount: '4321.01', insideCommitment: false },
    ]
    const call = await anIssuedCall(acme, fund.id, aDraft({ components }))
    expect(call).toMatchObject({ lines: 5000, due: '13115432.02', amount: '13115432.02' })
    const sums = await acme.systemCtx().db.queryOne(sql`
      select sum(l.due) as due, sum(l.inside) as inside, count(*) filter (where l.inside > l.unfunded_before)::int as over,
        count(distinct l.reference)::int as "references",
        count(*) filter (where p.called <> l.inside or p.called_outside <> l.outside)::int as differing
      from capital_call_lines l join fund_positions p on p.fund_id = l.fund_id and p.investor_id = l.investor_id
      where l.call_id = ${call.id}::uuid`)
    expect(sums).toEqual({
      due: '13115432.02',
      inside: '13111111.01',
      over: 0,
      references: 5000,
      differing: 0,
    })
    const recorded = recordStatements()
    await getCall(manager(), call.id)
    await listCallLines(manager(), call.id, page)
    recorded.stop()
    expect(recorded.take().length).toBeLessThanOrEqual(8)
  }, 60_000)
})

describe('a cancelled call', () => {
  it('leaves every figure as it was, and says why', async () => {
    const fund = await aFund([million, '700000.00', '333333.33'])
    await anIssuedCall(acme, fund.id)
    const before = await figuresOf(fund)
    const components = [
      { amount: '77777.77', excused: [{ investorId: fund.investors[1]?.id, reason: 'Policy' }] },
      { kind: 'FEE', label: 'Fee', amount: '1234.56' },
      { kind: 'OTHER', label: 'Equalisation', amount: '10.01', insideCommitment: false },
    ]
    const call = await anIssuedCall(acme, fund.id, aDraft({ components }))
    expect(await figuresOf(fund)).not.toEqual(before)
    const cancelled = await cancelCall(manager(), call.id, { reason: 'The target withdrew' })
    expect(cancelled).toMatchObject({ state: 'CANCELLED', number: 2, outstanding: '0.00' })
    expect(await figuresOf(fund)).toEqual(before)
    expect(await getCall(manager(), call.id)).toMatchObject({ cancelReason: 'The target withdrew', actions: [] })
    await expect(cancelCall(manager(), call.id, { reason: 'Again' })).rejects.toMatchObject({
      code: 'illegal_transition',
    })
  })

  it('cannot be one that money was received for', async () => {
    const fund = await aFund()
    const call = await anIssuedCall(acme, fund.id)
    await acme.systemCtx().db.execute(sql`update capital_call_lines set applied = 1 where call_id = ${call.id}::uuid`)
    await expect(cancelCall(manager(), call.id, { reason: 'Too late' })).rejects.toMatchObject({
      code: 'illegal_transition',
    })
    expect(await getCall(manager(), call.id)).toMatchObject({ state: 'PARTIALLY_FUNDED', outstanding: '99997.00' })
    await acme.systemCtx().db.execute(sql`update capital_call_lines set applied = due where call_id = ${call.id}::uuid`)
    expect(await closeCall(manager(), call.id)).toMatchObject({ state: 'CLOSED' })
  })
})

describe('a won deal', () => {
  it('is held by an issued call and by nothing before, and free again when the call is cancelled', async () => {
    const fund = await aFund()
    const dealId = await makeWonDeal(manager())
    const draft = aDraft({ components: [{ dealId }] })
    await expect(draftCall(manager(), fund.id, draft)).rejects.toMatchObject({ code: 'unprocessable' })
    await createAllocation(manager(), fund.id, {
      ...{ dealId, investorId: null, tranche: 1, externalRef: null },
      amount: '100000.00',
    })
    const holds = async () =>
      (
        await acme
          .systemCtx()
          .db.query<{ label: string }>(
            sql`select label from deal_holds where deal_id = ${dealId}::uuid and at_least is null`,
          )
      ).map(({ label }) => label)
    const call = await draftCall(manager(), fund.id, draft)
    await approveCall(admin(), call.id)
    expect(await holds()).toEqual([])
    await issueCall(manager(), call.id)
    expect(await holds()).toEqual([`Capital call 1 of Fund ${funds}`])
    const reopen = sql`update deals set stage = 'NEGOTIATION', closed_at = null where id = ${dealId}::uuid`
    await expect(acme.systemCtx().db.execute(reopen)).rejects.toThrow(/is held/)
    await cancelCall(manager(), call.id, { reason: 'The target withdrew' })
    expect(await holds()).toEqual([])
    await acme.systemCtx().db.execute(reopen)
  })
})

describe('another firm', () => {
  it('finds no call, and nothing to do with one', async () => {
    const fund = await aFund()
    const call = await draftCall(manager(), fund.id, aDraft())
    const stranger = globex.ctx('owner')
    for (const attempt of [
      () => getCall(stranger, call.id),
      () => callMatrix(stranger, call.id),
      () => listCallLines(stranger, call.id, page),
      () => listCalls(stranger, fund.id, page),
      () => updateCall(stranger, call.id, aDraft()),
      () => submitCall(stranger, call.id),
      () => approveCall(stranger, call.id),
      () => issueCall(stranger, call.id),
      () => cancelCall(stranger, call.id, { reason: 'No' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
    expect(toMinor((await getCall(manager(), call.id)).due, 'EUR')).toBe(0n)
  })
})
