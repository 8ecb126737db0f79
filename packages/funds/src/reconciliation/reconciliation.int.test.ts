import type { Comparison } from '@throughline/contracts'
import { type Ctx, sql, tenantCtx } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { happen, holdFund, post } from '../books/index.ts'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { callIssued, receiptTaken, writtenOff } from '../ledger/index.ts'
import { ranHere, type TableOwner, tableOwner } from '../testing.ts'
import { strikeNav } from '../valuation/index.ts'
import {
  failReconciliation,
  getReconciliation,
  listBreaks,
  listReconciliations,
  reconcileFund,
  repairBreak,
  requestReconciliation,
  updateBreak,
} from './index.ts'

let world: TestWorld
let owner: TableOwner
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  owner = await tableOwner(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await owner?.close()
  await world?.close()
})

const page = { limit: 100 } as const
let funds = 0

interface Books extends TestFund {
  name: string
  callId: string
  lineIds: string[]
}

/** A fund with a call of 300.00 to three investors, of which the first has paid 150.00: 50.00 of it in advance. */
async function aFundWithACall(tenant = acme): Promise<Books> {
  funds += 1
  const name = `Fund ${funds}`
  const ctx = tenant.ctx('manager')
  const fund = await makeTestFund(ctx, ['1000.00', '1000.00', '1000.00'], { name })
  const [first] = fund.investors
  if (!first) throw new Error('a fund has investors')
  return ctx.db.transaction(async () => {
    const held = await holdFund(ctx, fund.id)
    const t = sql`${ctx.tenantId}::uuid`
    const call = await ctx.db.queryOne<{ id: string }>(sql`
      insert into capital_calls (tenant_id, id, fund_id, number, title, state, amount, notice_date, due_date)
      values (${t}, uuidv7(), ${fund.id}::uuid, 1, 'First', 'ISSUED', 300, '2026-03-01', '2026-03-31') returning id`)
    const callId = call?.id ?? ''
    const component = await ctx.db.queryOne<{ id: string }>(sql`
      insert into call_components (tenant_id, id, call_id, position, kind, label, amount, inside_commitment)
      values (${t}, uuidv7(), ${callId}::uuid, 1, 'EXPENSE', 'Costs', 300, true) returning id`)
    const lines = await ctx.db.query<{ id: string }>(sql`
      insert into capital_call_lines (tenant_id, id, call_id, fund_id, investor_id, reference, due_date, due, inside, applied, excess,
        components, unfunded_before)
      select ${t}, uuidv7(), ${callId}::uuid, ${fund.id}::uuid, i, 'REF-' || right(i::text, 12), '2026-03-31', 100, 100,
        case when i = ${first.id}::uuid then 100 else 0 end, case when i = ${first.id}::uuid then 50 else 0 end,
        ${JSON.stringify([{ componentId: component?.id, amount: '100.00' }])}::jsonb, 1000
      from unnest(${fund.investors.map(({ id }) => id)}::uuid[]) i returning id`)
    const parts = fund.investors.map(({ id }) => ({ investorId: id, insideCommitment: 10_000n, outsideCommitment: 0n }))
    const source = { kind: 'capital_call', id: callId } as const
    await post(ctx, held, [{ entry: callIssued(parts), effectiveOn: '2026-03-01', source }])
    const lineId = lines[0]?.id ?? ''
    const moves = [
      { on: 'line', lineId, from: 'receipt', amount: 10_000n },
      { on: 'prepaid', amount: 5_000n },
    ] as const
    const paid = { kind: 'payment', id: callId } as const
    const [entryId = ''] = await post(ctx, held, [
      { entry: receiptTaken(first.id, moves), effectiveOn: '2026-03-20', source: paid },
    ])
    await ctx.db.execute(sql`insert into bank_receipts (tenant_id, id, fund_id, receipt_key, bank_reference, account, value_date,
        amount, source, state) values (${t}, uuidv7(), ${fund.id}::uuid, 'one', 'B-1', 'DE1', '2026-03-20', 150, 'manual', 'MATCHED')`)
    await ctx.db.execute(sql`insert into payments (tenant_id, id, fund_id, investor_id, kind, receipt_id, call_id, line_id, amount,
        on_line, prepaid, moves, value_date, entry_id)
      select ${t}, uuidv7(), ${fund.id}::uuid, ${first.id}::uuid, 'RECEIPT', r.id, ${callId}::uuid, ${lineId}::uuid, 150, 100, 50,
        ${JSON.stringify(moves, (_key, value) => (typeof value === 'bigint' ? String(value) : value))}::jsonb, '2026-03-20', ${entryId}::uuid
      from bank_receipts r where r.tenant_id = ${t} and r.fund_id = ${fund.id}::uuid`)
    const called = fund.investors.map(({ id }) => ({
      investorId: id,
      event: {
        ...{ kind: 'called' as const, date: '2026-03-01', callId, recalled: 0n },
        ...{ insideCommitment: 10_000n, outsideCommitment: 0n },
      },
      source,
    }))
    const funded = {
      investorId: first.id,
      event: { kind: 'funded' as const, date: '2026-03-20', insideCommitment: 10_000n, outsideCommitment: 0n },
      source: paid,
    }
    await happen(ctx, held, [...called, funded], new Map([[first.id, { prepaid: 5_000n }]]))
    return { ...fund, name, callId, lineIds: lines.map(({ id }) => id) }
  })
}

async function reconciled(fund: { id: string }, ctx: Ctx = acme.ctx('manager'), asOf?: string) {
  const { id: runId } = await requestReconciliation(ctx, fund.id, { asOf })
  await ranHere(ctx, { runId }, reconcileFund)
  const run = await getReconciliation(ctx, runId)
  const { data: breaks } = await listBreaks(ctx, fund.id, { ...page, state: 'open' })
  return { run, breaks, broken: run.checks.filter((check) => check.breaks > 0).map(({ comparison }) => comparison) }
}

/** The manager on a day, at noon. */
const on = (day: string) =>
  tenantCtx(world.database, {
    ...{ tenantId: acme.id, log: world.log, now: () => new Date(`${day}T12:00:00Z`) },
    actor: { kind: 'user', id: acme.members.manager.id, role: 'manager' },
  })

describe('of an earlier day, a reconciliation', () => {
  it('says the same again, whatever has happened and was spoiled since', async () => {
    const fund = await aFundWithACall()
    const ctx = acme.ctx('manager')
    const first = (await reconciled(fund, ctx, '2026-03-25')).run
    expect(first.state).toBe('CLEAN')
    await ctx.db.transaction(async () => {
      const held = await holdFund(ctx, fund.id)
      const investorId = fund.investors[1]?.id ?? ''
      const source = { kind: 'capital_call', id: fund.callId } as const
      await post(ctx, held, [{ entry: writtenOff(investorId, 500n), effectiveOn: '2026-04-01', source }])
      const event = { kind: 'written_off', date: '2026-04-01', insideCommitment: 500n, outsideCommitment: 0n } as const
      await happen(ctx, held, [{ investorId, event, source }])
    })
    await owner.spoil('update fund_positions set called = 1, prepaid = 7 where fund_id = $1', [fund.id])
    await owner.spoil('update capital_call_lines set applied = 0 where call_id = $1', [fund.callId])
    await owner.spoil("update capital_calls set state = 'CANCELLED' where id = $1", [fund.callId])
    expect((await reconciled(fund, ctx)).run.state).toBe('BROKEN')
    const again = (await reconciled(fund, ctx, '2026-03-25')).run
    expect(again.checks).toEqual(first.checks)
    expect(again.checks.filter(({ basis }) => basis === 'not_compared').map(({ comparison }) => comparison)).toEqual([
      ...[
        'call_states',
        'commitments',
        'entry_numbers',
        'deal_allocations',
        'fund_allocations',
        'allocation_calls',
        'partitions',
      ],
    ])
  })

  it('knows what had come by then: before the receipt, its payment and entry are not looked at', async () => {
    const fund = await aFundWithACall()
    const compared = async (asOf: string) =>
      Object.fromEntries(
        (await reconciled(fund, undefined, asOf)).run.checks.map((check) => [check.comparison, check.compared]),
      )
    expect(await compared('2026-02-28')).toMatchObject({ call_lines: 0, entries: 0, payment_entries: 0, positions: 0 })
    expect(await compared('2026-03-01')).toMatchObject({ call_lines: 1, entries: 1, payment_entries: 0, positions: 3 })
    expect(await compared('2026-03-20')).toMatchObject({ call_lines: 1, entries: 2, payment_entries: 1, prepaid: 1 })
  })

  it('names what is wrong on that day, which neither resolves the breaks of today nor is resolved by them', async () => {
    const fund = await aFundWithACall()
    await owner.spoil('update payments set amount = 151 where fund_id = $1', [fund.id])
    await reconciled(fund)
    const { breaks, broken } = await reconciled(fund, undefined, '2026-03-25')
    expect(broken).toEqual(['receipts', 'bank_receipts', 'payment_entries'])
    const labels = breaks.map(({ label }) => / as of 2026-03-25$/.test(label))
    expect([labels.filter(Boolean).length, labels.filter((is) => !is).length]).toEqual([3, 3])
    expect((await reconciled(fund, undefined, '2026-03-10')).broken).toEqual([])
    expect((await reconciled(fund)).breaks).toHaveLength(6)
    await owner.spoil('update payments set amount = 150 where fund_id = $1', [fund.id])
    expect((await reconciled(fund)).breaks.map(({ label }) => / as of /.test(label))).toEqual([true, true, true])
    expect((await reconciled(fund, undefined, '2026-03-25')).breaks).toEqual([])
  })
})

describe('a reconciliation', () => {
  it('is a report of everything that was compared, also when it is clean', async () => {
    const fund = await aFundWithACall()
    const { run, breaks } = await reconciled(fund)
    expect(run).toMatchObject({ state: 'CLEAN', nightly: false, error: null })
    expect(breaks).toEqual([])
    expect(Object.fromEntries(run.checks.map(({ comparison, compared }) => [comparison, compared]))).toMatchObject({
      ...{
        call_lines: 1,
        call_components: 1,
        call_entries: 1,
        line_money: 3,
        receipts: 3,
        bank_receipts: 1,
        payment_entries: 1,
      },
      ...{ prepaid: 3, positions: 3, commitments: 3, trial_balance: 2, entries: 2, entry_numbers: 1, partitions: 6 },
    })
  })

  it('takes the same number of statements for three investors and for two hundred', async () => {
    const small = await aFundWithACall()
    const large = await makeTestFund(
      acme.ctx('manager'),
      Array.from({ length: 200 }, () => '10.00'),
      { name: 'Large' },
    )
    const counted = async (fund: { id: string }) => {
      const ctx = acme.ctx('manager')
      const { id: runId } = await requestReconciliation(ctx, fund.id, {})
      const recorded = recordStatements()
      await ranHere(ctx, { runId }, reconcileFund)
      recorded.stop()
      return recorded.take().length
    }
    expect(await counted(large)).toBe(await counted(small))
  })

  it('is of no fund of another firm, and of no day to come', async () => {
    const fund = await aFundWithACall()
    const { run } = await reconciled(fund)
    await expect(requestReconciliation(globex.ctx('owner'), fund.id, {})).rejects.toMatchObject({ code: 'not_found' })
    await expect(getReconciliation(globex.ctx('owner'), run.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(listReconciliations(globex.ctx('owner'), fund.id, page)).rejects.toMatchObject({ code: 'not_found' })
    await expect(requestReconciliation(acme.ctx('owner'), fund.id, { asOf: '2999-01-01' })).rejects.toMatchObject({
      code: 'unprocessable',
    })
  })

  it('that did not end says so', async () => {
    const fund = await aFundWithACall()
    const ctx = acme.ctx('manager')
    const { id } = await requestReconciliation(ctx, fund.id, {})
    await ctx.db.transaction(() => failReconciliation(ctx, id))
    expect(await getReconciliation(ctx, id)).toMatchObject({ state: 'FAILED', error: expect.stringContaining('again') })
  })
})

/** What each comparison finds: the table's owner spoils one thing, and it is named. */
const spoiled: [Comparison, Comparison[], (fund: Books) => [string, unknown[]]][] = [
  ['call_lines', [], ({ callId }) => ['update capital_calls set amount = 300.01 where id = $1', [callId]]],
  ['call_components', [], ({ callId }) => ['update call_components set amount = 299 where call_id = $1', [callId]]],
  [
    'call_entries',
    ['trial_balance', 'control_accounts', 'sub_ledgers', 'entries'],
    ({ callId }) => [
      `update ledger_lines set amount = amount + 1 where account = 'call_receivable'
      and (entry_id, position) in (select l.entry_id, min(l.position) from ledger_lines l join ledger_entries e on e.id = l.entry_id
        where e.source_id = $1 and e.kind = 'call_issued' and l.account = 'call_receivable' group by 1)`,
      [callId],
    ],
  ],
  [
    'line_money',
    ['receipts'],
    ({ lineIds }) => ['update capital_call_lines set applied = 99, from_prepaid = 0 where id = $1', [lineIds[0]]],
  ],
  [
    'receipts',
    ['bank_receipts', 'payment_entries'],
    ({ id }) => ['update payments set amount = 151 where fund_id = $1', [id]],
  ],
  ['bank_receipts', [], ({ id }) => ["update bank_receipts set state = 'UNMATCHED' where fund_id = $1", [id]]],
  ['payment_entries', [], ({ id }) => ['update payments set entry_id = gen_random_uuid() where fund_id = $1', [id]]],
  [
    'prepaid',
    ['receipts'],
    ({ id, investors }) => [
      'update fund_positions set prepaid = 49 where fund_id = $1 and investor_id = $2',
      [id, investors[0]?.id],
    ],
  ],
  [
    'positions',
    [],
    ({ id, investors }) => [
      'update fund_positions set called = 99 where fund_id = $1 and investor_id = $2',
      [id, investors[1]?.id],
    ],
  ],
  [
    'commitments',
    [],
    ({ id, investors }) => [
      'update commitments set amount = 999 where fund_id = $1 and investor_id = $2',
      [id, investors[1]?.id],
    ],
  ],
  [
    'control_accounts',
    ['trial_balance'],
    ({ id }) => ["update ledger_balances set amount = amount + 1 where fund_id = $1 and account = 'cash'", [id]],
  ],
  [
    'sub_ledgers',
    [],
    ({ id, investors }) => [
      `update investor_balances set amount = amount + 1 where fund_id = $1 and investor_id = $2 and account = 'call_receivable'
        and month = '2026-03-01'`,
      [id, investors[2]?.id],
    ],
  ],
  ['entry_numbers', [], ({ id }) => ['update ledger_entries set number = 7 where fund_id = $1 and number = 2', [id]]],
  [
    'fund_allocations',
    ['allocation_calls', 'deal_allocations'],
    ({ id, callId }) => [
      `with d as (insert into deals (tenant_id, id, title, currency, stage, value, closed_at)
          select tenant_id, uuidv7(), 'Bridge', 'EUR', 'CLOSED_WON', 3000, now() from funds where id = $1 returning tenant_id, id)
        insert into allocations (tenant_id, id, fund_id, deal_id, amount, allocated_on, call_id)
          select tenant_id, uuidv7(), $1, id, 3000.01, '2026-01-01', $2 from d`,
      [id, callId],
    ],
  ],
  [
    'nav_shares',
    [],
    ({ id, investors }) => [
      `with p as (insert into nav_periods (tenant_id, id, fund_id, as_of, nav, kind)
          select tenant_id, uuidv7(), id, '2026-03-31', 100, 'final' from funds where id = $1 returning tenant_id, id)
        insert into nav_shares (tenant_id, period_id, investor_id, beginning, contributions, distributions, income, fees,
            unrealised, ending)
          select tenant_id, id, $2, 0, 100, 0, 0, 0, 0, 99.99 from p`,
      [id, investors[0]?.id],
    ],
  ],
]

describe('a break', () => {
  it.each(spoiled)('of %s is found, and named', async (comparison, besides, how) => {
    const fund = await aFundWithACall()
    await owner.spoil(...how(fund))
    const { run, breaks, broken } = await reconciled(fund)
    expect(run.state).toBe('BROKEN')
    expect(new Set(broken)).toEqual(new Set([comparison, ...besides]))
    const found = breaks.find((each) => each.comparison === comparison)
    expect(found?.expected).not.toBe(found?.found)
    expect(found?.label.length).toBeGreaterThan(3)
    expect(found).toMatchObject({ owner: null, ageDays: 0, resolvedAt: null })
  })

  it('is the same row when it is found again, whoever looks after it stays, and a gone one is resolved', async () => {
    const fund = await aFundWithACall()
    await owner.spoil('update capital_calls set amount = 301 where id = $1', [fund.callId])
    const ctx = acme.ctx('manager')
    const first = await reconciled(fund, on('2026-11-01'))
    const [found] = first.breaks
    const member = acme.members.member.id
    await updateBreak(ctx, found?.id ?? '', { ownerId: member, note: 'Asked the bank' }, found?.version)
    const again = await reconciled(fund, on('2026-11-05'))
    expect(again.run.checks).toEqual(first.run.checks)
    expect(again.breaks).toEqual([
      {
        ...found,
        ...{ owner: { id: member, name: acme.members.member.name }, note: 'Asked the bank', version: 2 },
        ...{ firstSeenOn: '2026-11-01', lastSeenOn: '2026-11-05', ageDays: 4 },
      },
    ])
    await owner.spoil('update capital_calls set amount = 300 where id = $1', [fund.callId])
    expect((await reconciled(fund, ctx)).breaks).toEqual([])
    const { data } = await listBreaks(ctx, fund.id, { ...page, state: 'resolved' })
    expect(data).toMatchObject([{ id: found?.id, resolvedAt: expect.any(String) }])
  })

  it('is changed by whoever saw its latest version, and given to members of the firm alone', async () => {
    const fund = await aFundWithACall()
    await owner.spoil('update capital_calls set amount = 301 where id = $1', [fund.callId])
    const { breaks } = await reconciled(fund)
    const breakId = breaks[0]?.id ?? ''
    const ctx = acme.ctx('manager')
    await expect(updateBreak(ctx, breakId, { note: 'x' }, 9)).rejects.toMatchObject({ code: 'stale_version' })
    await expect(updateBreak(ctx, breakId, { ownerId: globex.members.owner.id }, 1)).rejects.toMatchObject({
      code: 'unprocessable',
    })
    await expect(updateBreak(globex.ctx('owner'), breakId, { note: 'x' }, 1)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

const entriesOf = ({ id }: Books) =>
  acme.systemCtx().db.query(sql`select e.id, e.kind, sum(abs(l.amount)) as moved from ledger_entries e
    join ledger_lines l on l.entry_id = e.id where e.fund_id = ${id}::uuid group by e.id, e.kind order by 1`)

describe('a repair', () => {
  const repaired = (breakId: string, confirmation: string, tenant = acme) =>
    repairBreak(tenant.ctx('admin'), breakId, { confirmation, reason: 'Seen and understood' })

  it('folds a position anew from what happened, and leaves nothing to find', async () => {
    const fund = await aFundWithACall()
    await owner.spoil('update fund_positions set called = 1, released = 5 where fund_id = $1', [fund.id])
    const { breaks } = await reconciled(fund)
    expect(breaks).toHaveLength(3)
    expect(breaks[0]).toMatchObject({
      ...{ expected: 'called 100.00, released 0.00', found: 'called 1.00, released 5.00' },
      repair: { kind: 'rebuild_position' },
    })
    for (const { id } of breaks) await repaired(id, fund.name)
    expect(await reconciled(fund)).toMatchObject({ run: { state: 'CLEAN' }, breaks: [] })
  })

  it('posts the entry that a call lacks, with its reason', async () => {
    const fund = await aFundWithACall()
    await owner.spoil(
      `delete from ledger_lines where entry_id in (select id from ledger_entries where source_id = $1 and kind = 'call_issued')`,
      [fund.callId],
    )
    await owner.spoil(`delete from ledger_entries where source_id = $1 and kind = 'call_issued'`, [fund.callId])
    for (const table of ['ledger_balances', 'investor_balances'])
      await owner.spoil(
        `update ${table} b set amount = coalesce((select sum(amount) from ledger_lines l where l.fund_id = b.fund_id
          and l.account = b.account ${table === 'ledger_balances' ? '' : 'and l.investor_id = b.investor_id'}), 0) where fund_id = $1`,
        [fund.id],
      )
    await owner.spoil('update ledger_entries set number = 1 where fund_id = $1', [fund.id])
    await owner.spoil('update funds set entry_count = 1 where id = $1', [fund.id])
    const { breaks } = await reconciled(fund)
    expect(breaks).toMatchObject([{ comparison: 'call_entries', repair: { kind: 'post_call_entry' } }])
    const done = await repaired(breaks[0]?.id ?? '', fund.name)
    const entry = await acme
      .systemCtx()
      .db.queryOne(sql`select kind, reason from ledger_entries where id = ${done.entryId}::uuid`)
    expect(entry).toEqual({ kind: 'call_issued', reason: 'Seen and understood' })
    expect((await reconciled(fund)).run.state).toBe('CLEAN')
  })

  const mendable: [string, Comparison, (fund: Books) => [string, unknown[]][]][] = [
    [
      'refold_line',
      'line_money',
      ({ lineIds }) => [['update capital_call_lines set applied = 99, from_prepaid = 1 where id = $1', [lineIds[0]]]],
    ],
    [
      'restate_receipt',
      'bank_receipts',
      ({ id }) => [["update bank_receipts set state = 'UNMATCHED' where fund_id = $1", [id]]],
    ],
    [
      'restore_prepaid',
      'prepaid',
      ({ id, investors }) => [
        ['update fund_positions set prepaid = 49 where fund_id = $1 and investor_id = $2', [id, investors[0]?.id]],
      ],
    ],
    [
      'rebuild_balances',
      'control_accounts',
      ({ id, investors }) => [
        ["update ledger_balances set amount = amount + 1 where fund_id = $1 and account = 'cash'", [id]],
        [
          'update investor_balances set amount = amount - 1 where fund_id = $1 and investor_id = $2',
          [id, investors[2]?.id],
        ],
      ],
    ],
    [
      'rebuild_balances',
      'sub_ledgers',
      ({ id }) => [["delete from investor_balances where fund_id = $1 and account = 'call_receivable'", [id]]],
    ],
    [
      'reopen_call',
      'call_states',
      ({ callId }) => [["update capital_calls set state = 'CLOSED', closed_at = now() where id = $1", [callId]]],
    ],
    [
      'strike_nav',
      'nav_shares',
      ({ id }) => [
        [
          'update nav_shares set ending = ending + 1 where (period_id, investor_id) in (select s.period_id, max(s.investor_id::text)::uuid from nav_shares s join nav_periods p on p.id = s.period_id where p.fund_id = $1 group by 1)',
          [id],
        ],
      ],
    ],
  ]

  it.each(mendable)('%s mends %s, behind a second look, and leaves nothing to find', async (kind, comparison, how) => {
    const fund = await aFundWithACall()
    await strikeNav(acme.ctx('admin'), fund.id, '2026-03-31', 'final')
    expect((await reconciled(fund)).broken).toEqual([])
    for (const spoil of how(fund)) await owner.spoil(...spoil)
    const { breaks } = await reconciled(fund)
    const found = breaks.find((each) => each.comparison === comparison)
    expect(found?.repair).toMatchObject({ kind })
    const before = await entriesOf(fund)
    await expect(repaired(found?.id ?? '', fund.name, globex)).rejects.toMatchObject({ code: 'not_found' })
    expect(await repaired(found?.id ?? '', fund.name)).toMatchObject({ resolvedAt: expect.any(String), entryId: null })
    expect(await reconciled(fund)).toMatchObject({ run: { state: 'CLEAN' }, breaks: [] })
    expect(await entriesOf(fund)).toEqual(before)
    const said = await acme.systemCtx().db.queryOne<{ after: unknown }>(sql`select after from audit_entries
      where action = 'reconciliation_break.repaired' and subject_id = ${found?.id ?? ''}::uuid`)
    expect(said?.after).toMatchObject({ kind, reason: 'Seen and understood' })
  })

  it('is not kept where it would not mend, and not made where the break is gone', async () => {
    const fund = await aFundWithACall()
    await owner.spoil('update fund_positions set prepaid = 49 where fund_id = $1 and investor_id = $2', [
      ...[fund.id, fund.investors[0]?.id],
    ])
    const { breaks } = await reconciled(fund)
    const breakId = breaks.find(({ comparison }) => comparison === 'prepaid')?.id ?? ''
    // Ledger and payments do not say the same any more: nobody knows which of them is right.
    await owner.spoil(`update payments set moves = jsonb_set(moves, '{1,amount}', '"4000"') where fund_id = $1`, [
      fund.id,
    ])
    await expect(repaired(breakId, fund.name)).rejects.toThrow(/would not mend/)
    await owner.spoil(`update payments set moves = jsonb_set(moves, '{1,amount}', '"5000"') where fund_id = $1`, [
      fund.id,
    ])
    await owner.spoil('update fund_positions set prepaid = 50 where fund_id = $1 and investor_id = $2', [
      ...[fund.id, fund.investors[0]?.id],
    ])
    await expect(repaired(breakId, fund.name)).rejects.toThrow(/no longer so/)
  })

  it('is refused without the name of the fund, without a proposal, twice, and for another firm', async () => {
    const fund = await aFundWithACall()
    await owner.spoil('update fund_positions set called = 1 where fund_id = $1 and investor_id = $2', [
      fund.id,
      fund.investors[0]?.id,
    ])
    await owner.spoil('update capital_calls set amount = 301 where id = $1', [fund.callId])
    const { breaks } = await reconciled(fund)
    const of = (comparison: Comparison) => breaks.find((each) => each.comparison === comparison)?.id ?? ''
    await expect(repaired(of('positions'), 'another')).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(repaired(of('call_lines'), fund.name)).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(repaired(of('positions'), fund.name, globex)).rejects.toMatchObject({ code: 'not_found' })
    await repaired(of('positions'), fund.name)
    await expect(repaired(of('positions'), fund.name)).rejects.toMatchObject({ code: 'conflict' })
  })
})
