// Records as bare rows: search must find them whoever wrote them.
import { randomUUID } from 'node:crypto'
import { type Ctx, type Sql, sql } from '@throughline/db'

async function add(ctx: Ctx, statement: Sql): Promise<string> {
  const row = await ctx.db.queryOne<{ id: string }>(statement)
  if (!row) throw new Error('an insert that returns always gives a row')
  return row.id
}

export const addCompany = (ctx: Ctx, { name, domain }: { name: string; domain: string | null }) =>
  add(
    ctx,
    sql`insert into companies (tenant_id, id, name, domain)
      values (${ctx.tenantId}::uuid, uuidv7(), ${name}, ${domain}) returning id`,
  )

export const addContact = (
  ctx: Ctx,
  { name, email, companyId }: { name: string; email: string | null; companyId?: string },
) =>
  add(
    ctx,
    sql`insert into contacts (tenant_id, id, name, email, company_id)
      values (${ctx.tenantId}::uuid, uuidv7(), ${name}, ${email?.toLowerCase()}, ${companyId}::uuid) returning id`,
  )

interface DealRow {
  title: string
  notes?: string
  ownerId?: string
  companyId?: string
  contactId?: string
}
export const addDeal = (ctx: Ctx, { title, notes, ownerId, companyId, contactId }: DealRow) =>
  add(
    ctx,
    sql`insert into deals (tenant_id, id, title, currency, notes, owner_id, company_id, contact_id)
      values (${ctx.tenantId}::uuid, uuidv7(), ${title}, 'EUR', ${notes}, ${ownerId}::uuid, ${companyId}::uuid,
        ${contactId}::uuid) returning id`,
  )

export const addNote = (ctx: Ctx, { body, dealId, companyId }: { body: string; dealId?: string; companyId?: string }) =>
  add(
    ctx,
    sql`insert into timeline_entries (tenant_id, id, kind, body, deal_id, company_id)
      values (${ctx.tenantId}::uuid, ${randomUUID()}::uuid, 'NOTE', ${body}, ${dealId}::uuid, ${companyId}::uuid) returning id`,
  )

interface ActivityRow {
  topic: string
  /** The draft's, when there is one. */
  title?: string
  audience?: string
  keywords?: readonly string[]
}
export const addActivity = (ctx: Ctx, { topic, title = topic, audience = 'Founders', keywords = [] }: ActivityRow) =>
  add(
    ctx,
    sql`insert into activities (tenant_id, id, agent, title, topic, audience, keywords, brand_voice, requested_by_id)
      values (${ctx.tenantId}::uuid, uuidv7(), 'blog-writer', ${title}, ${topic}, ${audience}, ${[...keywords]}::text[], 'Calm',
        ${ctx.actor.id}::uuid) returning id`,
  )
