// Commitments and allocations against what funds and deals have.
import { sql } from '@throughline/db'
import type { CheckStatement } from './check.repo.ts'

/** The commitments of an investor, as they are today, are what happened to them. */
export const commitments: CheckStatement = (tenantId, { id }) => sql`
  select 'investor:' || v.id as subject, v.code || ' ' || v.name as label, coalesce(p.commitment, 0.00)::text as expected,
    coalesce(c.amount, 0.00)::text as found, coalesce(p.commitment, 0) = coalesce(c.amount, 0) as ok
  from (select investor_id, sum(amount) as amount from commitments
    where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid group by 1) c
  full join (select investor_id, commitment from fund_positions
    where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid) p on p.investor_id = c.investor_id
  join investors v on v.tenant_id = ${tenantId}::uuid and v.id = coalesce(c.investor_id, p.investor_id)`

/** No more is allocated to deals than was promised and is not released, as when an allocation is made. */
export const fundAllocations: CheckStatement = (tenantId, { id }) => sql`
  select 'fund' as subject, 'All allocations of the fund' as label, 'at most ' || p.amount as expected,
    a.amount::text as found, a.amount <= p.amount as ok
  from (select coalesce(sum(amount), 0.00) as amount from allocations where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid
    and state = 'ACTIVE') a,
    (select coalesce(sum(commitment - released), 0.00) as amount from fund_positions
      where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid) p`

/** The call that raises the money of an allocation is there, is not cancelled, and names the deal. */
export const allocationCalls: CheckStatement = (tenantId, { id }) => sql`
  select 'allocation:' || a.id as subject, 'Allocation of ' || a.amount || ' on ' || a.allocated_on as label,
    'a call for its deal' as expected,
    case when c.id is null then 'no such call' when c.state = 'CANCELLED' then 'a cancelled call'
      else 'a call for something else' end as found,
    coalesce(c.state <> 'CANCELLED' and exists (select 1 from call_components k
      where k.tenant_id = c.tenant_id and k.call_id = c.id and k.deal_id = a.deal_id), false) as ok
  from allocations a
  left join capital_calls c on c.tenant_id = a.tenant_id and c.fund_id = a.fund_id and c.id = a.call_id
  where a.tenant_id = ${tenantId}::uuid and a.fund_id = ${id}::uuid and a.state = 'ACTIVE' and a.call_id is not null`
