// What the hand-written baseline asks; the same rows and fields as Throughline's own answers.
export const dealColumns = `d.id, d.title, d.value::text as value, d.currency, d.stage, d.priority, d.probability, d.lead_score as "leadScore",
  d.lead_source as "leadSource", d.expected_close_date as "expectedCloseDate", d.closed_at as "closedAt", d.lost_reason as "lostReason",
  d.notes, d.tags, d.custom, d.stage_entered_at as "stageEnteredAt", d.deleted_at as "deletedAt", d.version, d.created_at as "createdAt", d.updated_at as "updatedAt", d.owner_id, m.name as owner_name, d.company_id,
  c.name as company_name, c.domain as company_domain, d.contact_id, k.name as contact_name, k.email as contact_email`

const joined = `from deals d left join members m on m.tenant_id = d.tenant_id and m.id = d.owner_id
  left join companies c on c.tenant_id = d.tenant_id and c.id = d.company_id
  left join contacts k on k.tenant_id = d.tenant_id and k.id = d.contact_id`

/** What a change leaves behind beside the deal `d`, in the one statement: history, audit row, numbered event, outbox, answer. */
const recorded = (action: string, from: string): string => `
    entered as (insert into stage_changes (tenant_id, id, deal_id, from_stage, to_stage, created_at)
      select tenant_id, uuidv7(), id, ${from}, stage, now() from d),
    told as (insert into audit_entries (tenant_id, actor_kind, action, subject, subject_id, after, request_id)
      select tenant_id, 'user', '${action}', 'deal', id, json_build_object('title', title, 'value', value, 'stage', stage), $4 from d returning tenant_id),
    -- Chain before counter, as everybody does: in the other order two changes could wait for each other.
    counter as (insert into event_counters as c (tenant_id, last_seq) select tenant_id, 1 from told
      on conflict (tenant_id) do update set last_seq = c.last_seq + 1 returning last_seq),
    event as (insert into events (tenant_id, seq, type, data, request_id)
      select d.tenant_id, last_seq, '${action}', jsonb_build_object('dealId', d.id, 'stage', d.stage), $4 from d, counter returning seq),
    sent as (insert into outbox (tenant_id, id, kind, ref) select $1, uuidv7(), 'event', seq::text from event),
    kept as (insert into idempotency_keys (tenant_id, actor_id, key, fingerprint, status_code, headers, body, expires_at)
      select tenant_id, tenant_id, $4, md5($4), 200, '{}', row_to_json(d)::text, now() + interval '3 days' from d)
    select id, title, value::text as value, currency, stage, version from d`

export const statements = {
  list: `select ${dealColumns} ${joined} where d.tenant_id = $1 and d.stage = 'QUALIFIED' order by d.lead_score desc, d.id desc limit 50`,
  byId: `select ${dealColumns}, d.fit_score as "fitScore", d.score_reasons as "scoreReasons",
      round(decayed_engagement(d.engagement, d.engagement_at, now()))::int as "engagementScore",
      (select coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'email', k.email, 'role', p.role)), '[]') from deal_contacts p
        join contacts k on k.tenant_id = p.tenant_id and k.id = p.contact_id where p.tenant_id = d.tenant_id and p.deal_id = d.id) as contacts,
      (select coalesce(json_agg(json_build_object('stage', s.to_stage, 'from', s.created_at, 'reason', s.reason, 'by', u.name) order by s.id), '[]')
        from stage_changes s left join members u on u.tenant_id = s.tenant_id and u.id = s.actor_id
        where s.tenant_id = d.tenant_id and s.deal_id = d.id) as history,
      (select coalesce(json_agg(h.label), '[]') from deal_holds h where h.tenant_id = d.tenant_id and h.deal_id = d.id) as holds
    ${joined} where d.tenant_id = $1 and d.id = $2`,
  create: `insert into deals (tenant_id, id, title, value, currency) values ($1, uuidv7(), $2, $3, 'USD')
    returning id, title, value::text as value, currency, stage, version`,
  move: `update deals set stage = $3::"DealStage", closed_at = null, lost_reason = null, version = version + 1, updated_at = now()
    where tenant_id = $1 and id = $2 returning id, title, value::text as value, currency, stage, version`,
  createRecorded: `with d as (insert into deals (tenant_id, id, title, value, currency) values ($1, uuidv7(), $2, $3, 'USD') returning *),
    ${recorded('deal.created', 'null')}`,
  moveRecorded: `with d as (update deals set stage = $3::"DealStage", closed_at = null, lost_reason = null, version = version + 1,
      updated_at = now() where tenant_id = $1 and id = $2 returning old.stage as from_stage, deals.*),
    ${recorded('deal.moved', 'from_stage')}`,
  statistics: `select stage, currency, count(*)::int as count, sum(value)::text as value, avg(lead_score)::float8 as score
    from deals where tenant_id = $1 group by stage, currency`,
  user: 'select id, password_hash as "passwordHash" from users where email = $1',
} as const

interface FlatDeal extends Record<string, unknown> {
  owner_id: string | null
  owner_name: string | null
  company_id: string | null
  company_name: string | null
  company_domain: string | null
  contact_id: string | null
  contact_name: string | null
  contact_email: string | null
}

/** The nested shape that a client gets. */
export function nested(row: FlatDeal): object {
  const {
    owner_id,
    owner_name,
    company_id,
    company_name,
    company_domain,
    contact_id,
    contact_name,
    contact_email,
    ...deal
  } = row
  return {
    ...deal,
    owner: owner_id && { id: owner_id, name: owner_name },
    company: company_id && { id: company_id, name: company_name, domain: company_domain },
    contact: contact_id && { id: contact_id, name: contact_name, email: contact_email },
  }
}
