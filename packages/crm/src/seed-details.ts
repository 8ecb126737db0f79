// What makes the demo's pipeline look lived in: branches and sizes, titles and phones, tags and fields of the firm, the way
// of each deal through its stages, calls and signals, a view that is shared. The same at every seeding.
import { signalPoints } from '@throughline/contracts'
import { instantOf, type Sql, sql, type TenantDb } from '@throughline/db'

/** One of the texts, by the hash of another: the same for the same. */
const oneOf = (texts: readonly (string | null)[], of: Sql): Sql =>
  sql`(${texts}::text[])[1 + abs(hashtext(${of}::text)) % ${texts.length}::int]`

async function describeRecords(db: TenantDb, t: Sql, ownerIds: readonly string[]): Promise<void> {
  await db.execute(sql`
    update companies c set industry = split_part(c.name, ' ', 2),
      size = ${oneOf(['1-10', '11-50', '51-200', '201-500', '501-1000', '1001-5000'], sql`c.name`)},
      country = ${oneOf(['NL', 'DE', 'FR', 'ES', 'GB', 'US'], sql`c.domain`)},
      tags = array_remove(array[${oneOf(['key account', null, null, 'partner'], sql`c.domain || 'tag'`)}], null),
      owner_id = ${oneOf(ownerIds, sql`c.domain || 'owner'`)}::uuid
    where c.tenant_id = ${t}`)
  await db.execute(sql`
    update contacts k set title = ${oneOf(['CEO', 'Head of Marketing', 'CFO', 'Analyst', 'Managing Partner', 'Office Manager'], sql`k.email`)},
      phones = array['+31 20 555 ' || lpad((abs(hashtext(k.email)) % 10000)::text, 4, '0')],
      consent = ${oneOf(['GIVEN', 'GIVEN', 'UNKNOWN', 'WITHDRAWN'], sql`k.email || 'consent'`)}::"ConsentState",
      source = ${oneOf(['Website', 'Conference', 'Referral', null], sql`k.email || 'source'`)}, owner_id = c.owner_id
    from companies c where k.tenant_id = ${t} and c.tenant_id = k.tenant_id and c.id = k.company_id`)
  await db.execute(sql`
    insert into custom_fields (tenant_id, id, kind, key, label, type, options, position) values
      (${t}, uuidv7(), 'DEAL', 'region', 'Region', 'CHOICE', '{North,South,East,West}', 1),
      (${t}, uuidv7(), 'DEAL', 'seats', 'Seats', 'NUMBER', '{}', 2),
      (${t}, uuidv7(), 'DEAL', 'renewal', 'Renewal', 'BOOLEAN', '{}', 3)`)
}

/**
 * Each deal came in as a lead, and went through every stage up to the one in which it is, or from which it was lost. It is
 * scored anew: its company and its contact have just been described.
 */
async function tellTheWay(db: TenantDb, t: Sql): Promise<void> {
  await db.execute(sql`
    update deals d set
      tags = array_remove(array[${oneOf(['emea', 'upsell', null, null, 'q4'], sql`d.import_key`)}], null),
      custom = jsonb_build_object('region', ${oneOf(['North', 'South', 'East', 'West'], sql`d.import_key || 'r'`)},
        'seats', 5 + abs(hashtext(d.import_key)) % 200, 'renewal', abs(hashtext(d.import_key)) % 3 = 0),
      qualified_at = case when d.stage in ('QUALIFIED', 'NEGOTIATION', 'CLOSED_WON') or way.lost_from > 0
        then d.created_at + (way.until - d.created_at) * 0.3 end,
      negotiated_at = case when d.stage in ('NEGOTIATION', 'CLOSED_WON') or way.lost_from > 1
        then d.created_at + (way.until - d.created_at) * 0.6 end,
      fit_score = d.fit_score + 1
    from (select id, coalesce(closed_at, now()) as until,
        case when stage = 'CLOSED_LOST' then abs(hashtext(import_key)) % 3 else 0 end as lost_from
      from deals where tenant_id = ${t}) way
    where d.tenant_id = ${t} and d.id = way.id`)
  await db.execute(sql`
    insert into stage_changes (tenant_id, id, deal_id, from_stage, to_stage, reason, actor_id, created_at)
    select ${t}, uuidv7(), id, lag(stage) over (partition by id order by at), stage, reason, owner_id, at from (
      select d.id, d.owner_id, s.stage, s.at, case when s.stage = 'CLOSED_LOST' then d.lost_reason end as reason
      from deals d cross join lateral (values ('LEAD'::"DealStage", d.created_at), ('QUALIFIED', d.qualified_at),
        ('NEGOTIATION', d.negotiated_at), (case when d.closed_at is not null then d.stage end, d.closed_at)) as s(stage, at)
      where d.tenant_id = ${t} and s.at is not null and s.stage is not null) steps
    order by at`)
  await countStays(db, t)
}

/** What `deal_kept` would have counted, had the deals gone that way one step after the other. */
const countStays = (db: TenantDb, t: Sql): Promise<number> =>
  db.execute(sql`
    update deals d set stage_entered_at = h.entered, lead_seconds = h.lead, qualified_seconds = h.qualified,
      negotiation_seconds = h.negotiation
    from (
      select deal_id, max(since) as entered, (sum(seconds) filter (where to_stage = 'LEAD'))::int as lead,
        (sum(seconds) filter (where to_stage = 'QUALIFIED'))::int as qualified,
        (sum(seconds) filter (where to_stage = 'NEGOTIATION'))::int as negotiation
      from (
        select deal_id, to_stage, created_at as since,
          extract(epoch from lead(created_at) over (partition by deal_id order by id) - created_at) as seconds
        from stage_changes where tenant_id = ${t}
      ) stays group by deal_id
    ) h
    where d.tenant_id = ${t} and d.id = h.deal_id`)

const said = [
  ['CALL', 'Went through the offer; they want references.', 'replied'],
  ['MEETING', 'Met the board, who liked the phased plan.', 'meeting_held'],
  ['EMAIL', 'Asked for a proposal by the end of the month.', 'asked_for_proposal'],
  ['NOTE', 'The budget is decided in the spring.', null],
  ['SIGNAL', '', 'visited_pricing'],
  ['CALL', 'Nobody answered for the third time.', 'went_silent'],
] as const

/** What was said about two of three deals, with what it tells of the other side's interest. */
async function tellWhatHappened(db: TenantDb, t: Sql): Promise<void> {
  const entries = said.map(([kind, body, signal]) => ({
    kind,
    body,
    signal,
    points: signal === null ? 0 : signalPoints[signal],
  }))
  await db.execute(sql`
    insert into timeline_entries (tenant_id, id, kind, body, signal, points, deal_id, author_id, happened_at, created_at, updated_at)
    select ${t}, uuidv7(), e.kind::"TimelineKind", e.body, e.signal, e.points, d.id, d.owner_id, at, at, at
    from deals d
    cross join lateral (select row_number() over () - 1 as n, kind, body, signal, points
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as x(kind text, body text, signal text, points int)) e
    cross join lateral (select least(now(), coalesce(d.closed_at, now())) - make_interval(days => (abs(hashtext(d.import_key || e.n)) % 40)::int) as at) w
    where d.tenant_id = ${t} and abs(hashtext(d.import_key)) % 3 > 0 and abs(hashtext(d.import_key || 'e' || e.n)) % 3 = 0
      and w.at > d.created_at`)
  await db.execute(sql`
    update deals d set engagement = least(50, greatest(0, s.points)), engagement_at = s.at, score_reasons = s.reasons
    from (select deal_id, sum(decayed_engagement(points, happened_at, now())) as points, now() as at,
        jsonb_agg(jsonb_build_object('points', points, 'reason', signal,
          'at', ${instantOf(sql`happened_at`)})) as reasons
      from timeline_entries where tenant_id = ${t} and signal is not null group by deal_id) s
    where d.tenant_id = ${t} and d.id = s.deal_id`)
}

/** Tells more of what `seedDeals` has added. Call it once, in its transaction. */
export async function seedDetails(
  db: TenantDb,
  { ownerIds }: { ownerIds: readonly [string, ...string[]] },
): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await describeRecords(db, t, ownerIds)
  await tellTheWay(db, t)
  await tellWhatHappened(db, t)
  const definition = {
    filter: { stage: ['NEGOTIATION'], scoreMin: ['50'] },
    sort: 'score',
    reverse: false,
    layout: 'list',
  }
  const columns = ['title', 'company', 'value', 'owner', 'leadScore', 'expectedCloseDate']
  await db.execute(sql`insert into saved_views (tenant_id, id, kind, name, definition, shared, owner_id)
    values (${t}, uuidv7(), 'DEAL', 'Hot negotiations', ${JSON.stringify({ ...definition, columns })}::jsonb, true, ${ownerIds[0]}::uuid)`)
}
