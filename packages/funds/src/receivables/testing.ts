// An issued call, as tests of payments need one: made by SQL, so that they do not hang on how calls are written.
import { type Ctx, sql } from '@throughline/db'
import { happen, holdFund, post } from '../books/index.ts'
import type { TestFund } from '../books/testing.ts'
import { callIssued } from '../ledger/index.ts'
import { fromMinor, sumOf, toMinor } from '../minor-units.ts'
import { drawPrepaid } from './index.ts'

export interface TestCall {
  id: string
  /** In the order of the fund's investors. */
  lines: { id: string; investorId: string; reference: string }[]
}

let calls = 0

/**
 * @param due of each investor, in the order of the fund's, as decimals
 * @param outside of it, outside of the commitment
 */
export async function makeIssuedCall(
  ctx: Ctx,
  { id: fundId, currency, investors }: TestFund,
  due: readonly string[],
  { dueDate = '2026-03-31', outside = '0' }: { dueDate?: string; outside?: string } = {},
): Promise<TestCall> {
  calls += 1
  const number = calls
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    const t = sql`${ctx.tenantId}::uuid`
    const total = fromMinor(sumOf(due.map((each) => toMinor(each, currency))), currency)
    const call = await ctx.db.queryOne<{ id: string }>(sql`
      insert into capital_calls (tenant_id, id, fund_id, number, title, state, amount, notice_date, due_date, issued_at)
      values (${t}, uuidv7(), ${fundId}::uuid, ${number}, ${`Call ${number}`}, 'ISSUED', ${total}::numeric, '2026-03-01',
        ${dueDate}::date, ${ctx.now()}::timestamptz) returning id`)
    if (!call) throw new Error('an insert that succeeds returns its row')
    const wanted = due.map((amount, index) => {
      const besides = toMinor(outside, currency)
      return {
        investorId: investors[index]?.id ?? '',
        reference: `CALL-${number}-${index + 1}`,
        due: amount,
        inside: fromMinor(toMinor(amount, currency) - besides, currency),
        outside: fromMinor(besides, currency),
      }
    })
    const lines = await ctx.db.query<TestCall['lines'][number]>(sql`
      insert into capital_call_lines (tenant_id, id, call_id, fund_id, investor_id, reference, due_date, due, inside, outside,
        components, unfunded_before)
      select ${t}, uuidv7(), ${call.id}::uuid, ${fundId}::uuid, l."investorId", l.reference, ${dueDate}::date, l.due, l.inside, l.outside,
        '[]', 0
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as l("investorId" uuid, reference text, due numeric,
        inside numeric, outside numeric)
      returning id, investor_id as "investorId", reference`)
    const split = wanted.map(({ investorId, ...line }) => ({
      investorId,
      insideCommitment: toMinor(line.inside, currency),
      outsideCommitment: toMinor(line.outside, currency),
    }))
    const source = { kind: 'capital_call', id: call.id } as const
    await post(ctx, fund, [{ entry: callIssued(split), effectiveOn: '2026-03-01', source }])
    await happen(
      ctx,
      fund,
      split.map(({ investorId, ...parts }) => ({
        investorId,
        event: { kind: 'called', date: '2026-03-01', callId: call.id, recalled: 0n, ...parts },
        source,
      })),
    )
    await drawPrepaid(ctx, fund, {
      investorIds: wanted.map(({ investorId }) => investorId),
      on: '2026-03-01',
      callId: call.id,
    })
    return { id: call.id, lines }
  })
}
