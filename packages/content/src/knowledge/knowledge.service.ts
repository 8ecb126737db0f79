// What a firm wants its agents to know.
import { audit } from '@throughline/accounts'
import { instant, type KnowledgeDocumentView, type Page, type PageQuery } from '@throughline/contracts'
import { type Ctx, decodeCursor, empty, sql, type TenantDb, toPage } from '@throughline/db'
import * as z from 'zod'

interface Row extends Omit<KnowledgeDocumentView, 'createdAt' | 'updatedAt'> {
  createdAt: Date
  updatedAt: Date
}

const columns = sql`id, title, body, version, created_at as "createdAt", updated_at as "updatedAt"`
const toView = (row: Row): KnowledgeDocumentView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})

/** The newest documents, as many as fit into a prompt. */
const promptDocuments = 20

/** Newest first. */
export async function listKnowledge(ctx: Ctx, { limit, cursor }: PageQuery): Promise<Page<KnowledgeDocumentView>> {
  const [createdAt, id] = cursor ? decodeCursor(cursor, z.tuple([instant, z.uuid()])) : []
  const rows =
    await ctx.db.query<Row>(sql`select ${columns} from knowledge_documents where tenant_id = ${ctx.tenantId}::uuid
    ${createdAt ? sql`and (created_at, id) < (${createdAt}::timestamptz, ${id}::uuid)` : empty}
    order by created_at desc, id desc limit ${limit + 1}`)
  return toPage(rows, limit, (row) => [toView(row).createdAt, row.id], toView)
}

/** Adds a document; agents use it from the next draft on. */
export const createKnowledgeDocument = (
  ctx: Ctx,
  { title, body }: { title: string; body: string },
): Promise<KnowledgeDocumentView> =>
  ctx.db.transaction(async () => {
    const row = await ctx.db.queryOne<Row>(sql`insert into knowledge_documents (tenant_id, id, title, body)
      values (${ctx.tenantId}::uuid, uuidv7(), ${title}, ${body}) returning ${columns}`)
    if (!row) throw new Error('a document was not inserted')
    audit(ctx, { action: 'knowledge.added', subject: 'knowledge_document', subjectId: row.id, after: { title } })
    return toView(row)
  })

/** What an agent of this firm may draw on. */
export const readKnowledge = (db: TenantDb): Promise<{ id: string; title: string; body: string }[]> =>
  db.query(sql`select id, title, body from knowledge_documents where tenant_id = ${db.tenantId}::uuid
    order by created_at desc, id desc limit ${promptDocuments}`)
