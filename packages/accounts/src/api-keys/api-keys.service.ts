import { randomUUIDv7 } from 'node:crypto'
import { type ApiKeyCreated, type ApiKeyView, AppError, type CreateApiKey } from '@throughline/contracts'
import { type Ctx, memberIdOf } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { audit } from '../audit/index.ts'
import { hashOf, newSecret } from '../secrets/index.ts'
import {
  type ApiKeyRow,
  insertApiKey,
  lockApiKey,
  readApiKeys,
  replaceApiKey,
  revokeApiKeyRow,
} from './api-keys.repo.ts'
import { formatKey, hintOf } from './api-keys.rules.ts'

const dayMs = 86_400_000

function stateOf({ revokedAt, expiresAt, replacedById }: ApiKeyRow, now: Date): ApiKeyView['state'] {
  if (revokedAt) return 'revoked'
  if (expiresAt && expiresAt <= now) return 'expired'
  return replacedById ? 'rotating' : 'active'
}

const toView = (row: ApiKeyRow, now: Date): ApiKeyView => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  scopes: row.scopes,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  state: stateOf(row, now),
})

export const listApiKeys = async (ctx: Ctx): Promise<ApiKeyView[]> =>
  (await readApiKeys(ctx.db, ctx.tenantId)).map((row) => toView(row, ctx.now()))

async function lock(ctx: Ctx, id: string): Promise<ApiKeyRow> {
  const row = await lockApiKey(ctx.db, ctx.tenantId, id)
  if (!row) throw new AppError('not_found')
  return row
}

async function insert(
  ctx: Ctx,
  input: { name: string; scopes: readonly string[]; expiresAt: Date | null },
): Promise<ApiKeyCreated> {
  const [id, secret] = [randomUUIDv7(), newSecret()]
  await insertApiKey(ctx.db, ctx.tenantId, {
    ...input,
    id,
    secretHash: hashOf(secret),
    hint: hintOf(id, secret),
    createdById: memberIdOf(ctx.actor),
  })
  emit(ctx, 'api_key.changed', { apiKeyId: id })
  return { key: formatKey(id, secret), apiKey: toView(await lock(ctx, id), ctx.now()) }
}

/** @returns the key itself, which nobody can read again */
export const createApiKey = (ctx: Ctx, { name, scopes, expiresInDays }: CreateApiKey): Promise<ApiKeyCreated> =>
  ctx.db.transaction(async () => {
    const expiresAt = expiresInDays === null ? null : new Date(ctx.now().getTime() + expiresInDays * dayMs)
    const created = await insert(ctx, { name, scopes, expiresAt })
    const after = { name, scopes, expiresAt }
    audit(ctx, { action: 'api_key.created', subject: 'api_key', subjectId: created.apiKey.id, after })
    return created
  })

/**
 * Makes a key that takes over; the old one goes on for a while, so that machines can be told one after the other.
 * @throws AppError not_found; conflict when it is not active
 */
export const rotateApiKey = (ctx: Ctx, id: string, overlapHours: number): Promise<ApiKeyCreated> =>
  ctx.db.transaction(async () => {
    const row = await lock(ctx, id)
    const state = stateOf(row, ctx.now())
    if (state !== 'active') throw new AppError('conflict', { message: `This key is ${state} and cannot be rotated.` })
    const lived = row.expiresAt ? row.expiresAt.getTime() - row.createdAt.getTime() : null
    const expiresAt = lived === null ? null : new Date(ctx.now().getTime() + lived)
    const created = await insert(ctx, { name: row.name, scopes: row.scopes, expiresAt })
    await replaceApiKey(ctx.db, ctx.tenantId, { id, replacedById: created.apiKey.id, overlapHours })
    const after = { name: row.name, replacedBy: created.apiKey.id, overlapHours }
    audit(ctx, { action: 'api_key.rotated', subject: 'api_key', subjectId: id, after })
    return created
  })

/** Ends a key at once, on every node within seconds. @throws AppError not_found */
export const revokeApiKey = (ctx: Ctx, id: string): Promise<ApiKeyView> =>
  ctx.db.transaction(async () => {
    const { name } = await lock(ctx, id)
    await revokeApiKeyRow(ctx.db, ctx.tenantId, id)
    audit(ctx, { action: 'api_key.revoked', subject: 'api_key', subjectId: id, before: { name } })
    emit(ctx, 'api_key.changed', { apiKeyId: id })
    return toView(await lock(ctx, id), ctx.now())
  })
