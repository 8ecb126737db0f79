import { AppError, type NotificationView, type Page, type PageQuery } from '@throughline/contracts'
import { type Ctx, decodeCursor, empty, sql, toPage } from '@throughline/db'
import { emit } from '@throughline/realtime'
import * as z from 'zod'

export interface NotificationInput {
  /** Whom it is for; null: every owner and admin. */
  memberId: string | null
  kind: string
  title: string
  body: string
  /** Where it leads, from the root of the portal. */
  link?: string
}

interface Row {
  id: string
  kind: string
  title: string
  body: string
  link: string | null
  read_at: Date | null
  created_at: Date
}

const toView = (row: Row): NotificationView => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  body: row.body,
  link: row.link,
  readAt: row.read_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
})

const columns = sql`id, kind, title, body, link, read_at, created_at`

/** What this member may see: their own, and those for owners and admins when they are one. */
const visibleTo = ({ actor }: Ctx) =>
  actor.role === 'owner' || actor.role === 'admin'
    ? sql`(member_id = ${actor.id}::uuid or member_id is null)`
    : sql`member_id = ${actor.id}::uuid`

/** @throws Error outside of a transaction */
export async function notify(ctx: Ctx, { memberId, kind, title, body, link }: NotificationInput): Promise<void> {
  ctx.db.requireTransaction(`notify ${kind}`)
  const row = await ctx.db.queryOne<{ id: string }>(sql`
    insert into notifications (tenant_id, id, member_id, kind, title, body, link)
    values (${ctx.tenantId}::uuid, uuidv7(), ${memberId}::uuid, ${kind}, ${title}, ${body}, ${link ?? null}) returning id`)
  if (row) emit(ctx, 'notification.created', { notificationId: row.id, memberId })
}

/** Newest first. */
export async function listNotifications(ctx: Ctx, { limit, cursor }: PageQuery): Promise<Page<NotificationView>> {
  const after = cursor ? sql`and id < ${decodeCursor(cursor, z.tuple([z.uuid()]))[0]}::uuid` : empty
  const rows = await ctx.db.query<Row>(sql`select ${columns} from notifications
    where tenant_id = ${ctx.tenantId}::uuid and ${visibleTo(ctx)} ${after} order by id desc limit ${limit + 1}`)
  return toPage(rows, limit, ({ id }) => [id], toView)
}

/** @throws AppError not_found when it is not this member's */
export async function markNotificationRead(ctx: Ctx, notificationId: string): Promise<NotificationView> {
  const row = await ctx.db.queryOne<Row>(sql`update notifications set read_at = coalesce(read_at, now())
    where tenant_id = ${ctx.tenantId}::uuid and id = ${notificationId}::uuid and ${visibleTo(ctx)} returning ${columns}`)
  if (!row) throw new AppError('not_found')
  return toView(row)
}
