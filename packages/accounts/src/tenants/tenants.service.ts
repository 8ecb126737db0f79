import { AppError, type SettingsView, type UpdateSettings } from '@throughline/contracts'
import { type Ctx, forgetAnswers, sql } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { audit } from '../audit/index.ts'

interface SettingsRow {
  name: string
  timezone: string
  currency: string
  brandVoice: string
  membersSeeAll: boolean
  version: number
}

const settingsColumns = sql`name, timezone, currency, brand_voice as "brandVoice",
  members_see_all as "membersSeeAll", version`

/** The firm as its own members see it. */
export async function getSettings(ctx: Ctx): Promise<SettingsView> {
  const row = await ctx.db.queryOne<SettingsRow>(
    sql`select ${settingsColumns} from tenants where id = ${ctx.tenantId}::uuid`,
  )
  if (!row) throw new AppError('not_found')
  return row
}

/** @throws AppError stale_version when somebody else was faster */
export const updateSettings = (ctx: Ctx, { version, ...changes }: UpdateSettings): Promise<SettingsView> =>
  ctx.db.transaction(async () => {
    const before = await ctx.db.queryOne<SettingsRow>(
      sql`select ${settingsColumns} from tenants where id = ${ctx.tenantId}::uuid for update`,
    )
    if (!before) throw new AppError('not_found')
    if (version !== undefined && version !== before.version) throw new AppError('stale_version')
    const { name, timezone, currency, brandVoice, membersSeeAll } = { ...before, ...changes }
    const after = await ctx.db.queryOne<SettingsRow>(sql`
      update tenants set name = ${name}, timezone = ${timezone}, currency = ${currency}, brand_voice = ${brandVoice},
        members_see_all = ${membersSeeAll}, version = version + 1, updated_at = now()
      where id = ${ctx.tenantId}::uuid returning ${settingsColumns}`)
    if (!after) throw new AppError('not_found')
    audit(ctx, { action: 'settings.updated', subject: 'tenant', subjectId: ctx.tenantId, before, after })
    emit(ctx, 'settings.updated', { version: after.version })
    ctx.db.afterCommit(() => void sight.delete(ctx.tenantId))
    forgetAnswers(ctx)
    return after
  })

/** How long another node may go on with the rule of before, in milliseconds. */
const sightLivesMs = 2_000
/** Asked on nearly every read of a member; the setting changes once a year. */
const sight = new Map<string, { membersSeeAll: boolean; until: number }>()

/** Whether members see the records of the whole firm; what is assigned to them otherwise. At most 2 s old. */
async function membersSeeAll(ctx: Ctx): Promise<boolean> {
  const known = sight.get(ctx.tenantId)
  if (known && known.until > performance.now()) return known.membersSeeAll
  const settings = await getSettings(ctx)
  sight.set(ctx.tenantId, { membersSeeAll: settings.membersSeeAll, until: performance.now() + sightLivesMs })
  return settings.membersSeeAll
}

/** Whose deals may be seen: the id of a member who sees their own only, null for whoever sees all of the firm. */
export async function ownDealsOnly(ctx: Ctx): Promise<string | null> {
  if (ctx.actor.role !== 'member' || (await membersSeeAll(ctx))) return null
  return ctx.actor.id
}
