// One deal with all that belongs to it, in one statement.
import { instantOf, type JsonShape, jsonShape, sql, type TenantDb, type TextRow } from '@throughline/db'
import { seenBy } from '../visibility.ts'
import { dealFields, dealJoins, dealShape } from './deal-json.repo.ts'

export interface DealText {
  /** JSON text. */
  json: string
  version: number
}

const peopleOf = sql`(
  select coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'email', k.email, 'role', dc.role) order by k.name, k.id), '[]')
  from deal_contacts dc join contacts k on k.tenant_id = dc.tenant_id and k.id = dc.contact_id and k.deleted_at is null
  where dc.tenant_id = d.tenant_id and dc.deal_id = d.id)`

const historyOf = sql`(
  select coalesce(json_agg(json_build_object('stage', h.to_stage, 'from', ${instantOf(sql`h.created_at`)},
    'until', ${instantOf(sql`h.until`)}, 'reason', h.reason, 'by', h.name) order by h.id), '[]')
  from (
    select s.id, s.to_stage, s.created_at, s.reason, m.name, lead(s.created_at) over (order by s.id) as until
    from stage_changes s left join members m on m.tenant_id = s.tenant_id and m.id = s.actor_id
    where s.tenant_id = d.tenant_id and s.deal_id = d.id
  ) h)`

const holdsOf = sql`(
  select coalesce(json_agg(h.label order by h.created_at), '[]') from deal_holds h
  where h.tenant_id = d.tenant_id and h.deal_id = d.id and h.at_least is null)`

const detailShape = jsonShape([
  ...dealFields,
  { name: 'fitScore', column: sql`d.fit_score`, kind: 'bare' },
  {
    name: 'engagementScore',
    column: sql`round(decayed_engagement(d.engagement, d.engagement_at, now()))`,
    kind: 'bare',
  },
  { name: 'scoreReasons', column: sql`d.score_reasons`, kind: 'bare' },
  { name: 'contacts', column: peopleOf, kind: 'bare' },
  { name: 'history', column: historyOf, kind: 'bare' },
  { name: 'holds', column: holdsOf, kind: 'bare' },
])

/** `dealDetail` of a deal, of the trash as well; undefined when there is none that may be seen. */
export async function readDealDetail(
  db: TenantDb,
  onlyOwnerId: string | null,
  dealId: string,
): Promise<DealText | undefined> {
  const [row] = await db.queryTexts(sql`select ${detailShape.columns}, d.version from deals d ${dealJoins}
    where d.tenant_id = ${db.tenantId}::uuid and d.id = ${dealId}::uuid ${seenBy(onlyOwnerId)}`)
  return row && textOf(detailShape, row)
}

/** What was selected with the columns of a shape and then the version. */
export const textOf = (shape: JsonShape, row: TextRow): DealText => ({
  json: shape.write(row),
  version: Number(row[shape.width]),
})

/** `dealView` of a deal. */
export async function readDealText(db: TenantDb, dealId: string): Promise<DealText | undefined> {
  const [row] = await db.queryTexts(sql`select ${dealShape.columns}, d.version from deals d ${dealJoins}
    where d.tenant_id = ${db.tenantId}::uuid and d.id = ${dealId}::uuid`)
  return row && textOf(dealShape, row)
}
