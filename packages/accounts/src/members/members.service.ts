import {
  AppError,
  type MemberView,
  rolesGivenBy,
  type SecurityPolicy,
  type TenantRole,
  type UpdateMember,
  type UpdateSecurityPolicy,
} from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { audit } from '../audit/index.ts'
import {
  endMemberSessions,
  endSessionsWithoutSecondFactor,
  lockMember,
  type MemberWithSecurity,
  readMembers,
  storeMember,
} from './members.repo.ts'

/** Told which sessions have ended, after the commit. */
export type SessionsEnded = (ids: readonly string[]) => Promise<void>

const toView = ({ disabledAt, lastUsedAt, ...member }: MemberWithSecurity): MemberView => ({
  ...member,
  disabledAt: disabledAt?.toISOString() ?? null,
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})

/** Everybody who works in the firm, by name. */
export const listMembers = async (ctx: Ctx): Promise<MemberView[]> =>
  (await readMembers(ctx.db, ctx.tenantId)).map(toView)

/** What this person may make of somebody. @throws AppError forbidden */
export function checkGives({ actor }: Ctx, ...roles: TenantRole[]): void {
  const given: readonly TenantRole[] = actor.kind === 'user' && actor.role ? rolesGivenBy[actor.role as TenantRole] : []
  const missing = roles.find((role) => !given.includes(role))
  if (missing)
    throw new AppError('forbidden', { message: `Your role does not let you decide about a member who is ${missing}.` })
}

/**
 * Changes a member's role, or puts them out of the firm and back. They are signed out: what they were is nowhere left.
 * @throws AppError not_found, stale_version, forbidden; conflict for oneself and for the last owner
 */
export const updateMember = (
  ctx: Ctx,
  memberId: string,
  { version, ...change }: UpdateMember,
  sessionsEnded: SessionsEnded,
): Promise<MemberView> =>
  ctx.db.transaction(async () => {
    const { member, owners } = await lockMember(ctx.db, ctx.tenantId, memberId)
    if (!member) throw new AppError('not_found')
    if (version !== undefined && version !== member.version) throw new AppError('stale_version')
    const before = { role: member.role, disabled: member.disabledAt !== null }
    const after = { ...before, ...change }
    checkGives(ctx, before.role, after.role)
    if (memberId === ctx.actor.id)
      throw new AppError('conflict', { message: 'Nobody changes their own role or puts themselves out.' })
    const isOwner = (state: typeof before) => state.role === 'owner' && !state.disabled
    if (isOwner(before) && !isOwner(after) && owners <= 1)
      throw new AppError('conflict', { message: 'A firm keeps at least one owner.' })
    await storeMember(ctx.db, ctx.tenantId, { id: memberId, ...after })
    const ended = await endMemberSessions(ctx.db, memberId)
    ctx.db.afterCommit(() => sessionsEnded(ended))
    audit(ctx, { action: 'member.updated', subject: 'member', subjectId: memberId, before, after })
    emit(ctx, 'member.changed', { memberId })
    const changed = (await readMembers(ctx.db, ctx.tenantId)).find(({ id }) => id === memberId)
    if (!changed) throw new AppError('not_found')
    return toView(changed)
  })

interface PolicyRow {
  requireSecondFactor: boolean
  version: number
}

const policyColumns = sql`require_second_factor as "requireSecondFactor", version`

async function describePolicy(ctx: Ctx, row: PolicyRow): Promise<SecurityPolicy> {
  const members = await readMembers(ctx.db, ctx.tenantId)
  const membersWithout = members.filter(({ secondFactor, disabledAt }) => !secondFactor && disabledAt === null).length
  return { ...row, membersWithout }
}

export async function getSecurityPolicy(ctx: Ctx): Promise<SecurityPolicy> {
  const row = await ctx.db.queryOne<PolicyRow>(
    sql`select ${policyColumns} from tenants where id = ${ctx.tenantId}::uuid`,
  )
  if (!row) throw new AppError('not_found')
  return describePolicy(ctx, row)
}

/** Asks every member for a second factor, or no longer. Who has none signs in again and sets one up. @throws AppError stale_version */
export const updateSecurityPolicy = (
  ctx: Ctx,
  { requireSecondFactor, version }: UpdateSecurityPolicy,
  sessionsEnded: SessionsEnded,
): Promise<SecurityPolicy> =>
  ctx.db.transaction(async () => {
    const before = await ctx.db.queryOne<PolicyRow>(
      sql`select ${policyColumns} from tenants where id = ${ctx.tenantId}::uuid for update`,
    )
    if (!before) throw new AppError('not_found')
    if (version !== undefined && version !== before.version) throw new AppError('stale_version')
    const after = await ctx.db.queryOne<PolicyRow>(sql`update tenants
      set require_second_factor = ${requireSecondFactor}, version = version + 1, updated_at = now()
      where id = ${ctx.tenantId}::uuid returning ${policyColumns}`)
    if (!after) throw new AppError('not_found')
    if (requireSecondFactor && !before.requireSecondFactor) {
      const ended = await endSessionsWithoutSecondFactor(ctx.db)
      ctx.db.afterCommit(() => sessionsEnded(ended))
    }
    audit(ctx, { action: 'security_policy.updated', subject: 'tenant', subjectId: ctx.tenantId, before, after })
    emit(ctx, 'settings.updated', { version: after.version })
    return describePolicy(ctx, after)
  })
