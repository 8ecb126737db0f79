import { AppError, type SettingsView, type UpdateSettings } from '@throughline/contracts'
import { type Ctx, forgetAnswers, sql } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { audit } from '../audit/index.ts'

interface SettingsRow {
  name: string
  timezone: string
  currency: string
  brandVoice: string
  version: number
}

const settingsColumns = sql`name, timezone, currency, brand_voice as "brandVoice", version`

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
    const { name, timezone, currency, brandVoice } = { ...before, ...changes }
    const after = await ctx.db.queryOne<SettingsRow>(sql`
      update tenants set name = ${name}, timezone = ${timezone}, currency = ${currency}, brand_voice = ${brandVoice},
        version = version + 1, updated_at = now()
      where id = ${ctx.tenantId}::uuid returning ${settingsColumns}`)
    if (!after) throw new AppError('not_found')
    audit(ctx, { action: 'settings.updated', subject: 'tenant', subjectId: ctx.tenantId, before, after })
    emit(ctx, 'settings.updated', { version: after.version })
    forgetAnswers(ctx)
    return after
  })
