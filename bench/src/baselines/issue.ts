// What an issued call has written, written once more by SQL made for it: nothing is computed, nothing is checked by rules.
import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** @returns ms from BEGIN to COMMIT for the same lines, events, positions and entry as those of a call */
export async function issueByHand(tenantUrl: string, tenantId: string, callId: string): Promise<number> {
  const client = new pg.Client({ connectionString: tenantUrl })
  await client.connect()
  await client.query("select set_config('app.tenant_id', $1, false)", [tenantId])
  try {
    const at = performance.now()
    await copyCall(client, { tenantId, callId })
    return performance.now() - at
  } finally {
    await client.end()
  }
}

async function copyCall(client: pg.Client, { tenantId, callId }: { tenantId: string; callId: string }): Promise<void> {
  const copy = randomUUID()
  await client.query('begin')
  await client.query(
    `insert into capital_calls (tenant_id, id, fund_id, title, state, amount, notice_date, due_date)
     select tenant_id, $2::uuid, fund_id, 'By hand', 'CANCELLED', amount, notice_date, due_date from capital_calls where tenant_id = $3::uuid and id = $1::uuid`,
    [callId, copy, tenantId],
  )
  await client.query(
    `insert into capital_call_lines (tenant_id, id, call_id, fund_id, investor_id, reference, due_date, due, inside, outside, components, unfunded_before)
     select tenant_id, uuidv7(), $2::uuid, fund_id, investor_id, $2::text || reference, due_date, due, inside, outside, components, unfunded_before
     from capital_call_lines where tenant_id = $3::uuid and call_id = $1::uuid`,
    [callId, copy, tenantId],
  )
  await client.query(
    `insert into position_events (tenant_id, id, fund_id, investor_id, happened_on, kind, data, source_kind, source_id)
     select tenant_id, uuidv7(), fund_id, investor_id, happened_on, kind, data, 'by_hand', $2::uuid from position_events
     where tenant_id = $3::uuid and source_kind = 'capital_call' and source_id = $1::uuid`,
    [callId, copy, tenantId],
  )
  await client.query(
    `update fund_positions p set called = p.called + 0, updated_at = now() from capital_call_lines l
     where l.tenant_id = $2::uuid and l.call_id = $1::uuid and p.tenant_id = l.tenant_id and p.fund_id = l.fund_id and p.investor_id = l.investor_id`,
    [callId, tenantId],
  )
  await client.query(
    `with e as (insert into ledger_entries (tenant_id, id, fund_id, number, kind, effective_on, source_kind, source_id, posted_in)
       select tenant_id, $2::uuid, fund_id, -(extract(epoch from clock_timestamp()) * 1000)::bigint, kind, effective_on, 'by_hand', $2::uuid, ''
       from ledger_entries where tenant_id = $3::uuid and source_kind = 'capital_call' and source_id = $1::uuid returning id)
     insert into ledger_lines (tenant_id, entry_id, position, fund_id, account, investor_id, effective_on, amount)
       select l.tenant_id, e.id, l.position, l.fund_id, l.account, l.investor_id, l.effective_on, l.amount
       from e, ledger_lines l join ledger_entries o on o.tenant_id = l.tenant_id and o.id = l.entry_id
       where l.tenant_id = $3::uuid and o.source_kind = 'capital_call' and o.source_id = $1::uuid`,
    [callId, copy, tenantId],
  )
  await client.query('commit')
}
