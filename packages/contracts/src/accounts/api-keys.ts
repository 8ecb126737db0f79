import * as z from 'zod'
import { id, instant, line } from '../common.ts'
import { apiKeyScopes } from './permissions.ts'

const scopes = z.array(z.enum(apiKeyScopes)).min(1).max(apiKeyScopes.length)

export const createApiKey = z
  .strictObject({
    name: line(80),
    scopes,
    /** Days until it ends by itself; null: it does not. */
    expiresInDays: z.number().int().min(1).max(730).nullable().default(365),
  })
  .meta({ id: 'CreateApiKey' })
export type CreateApiKey = z.infer<typeof createApiKey>

export const rotateApiKey = z
  .strictObject({
    /** Hours that the old key goes on working beside the new one. */
    overlapHours: z.number().int().min(0).max(168).default(24),
  })
  .meta({ id: 'RotateApiKey' })

export const apiKeyView = z
  .object({
    id,
    name: z.string(),
    /** How the key begins and ends, to recognise it by. */
    hint: z.string(),
    scopes: z.array(z.string()),
    createdBy: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    state: z.enum(['active', 'rotating', 'expired', 'revoked']),
  })
  .meta({ id: 'ApiKey' })
export type ApiKeyView = z.infer<typeof apiKeyView>
export const apiKeyList = z.object({ data: z.array(apiKeyView) }).meta({ id: 'ApiKeyList' })
/** The only answer that ever holds the key itself. */
export const apiKeyCreated = z.object({ key: z.string(), apiKey: apiKeyView }).meta({ id: 'ApiKeyCreated' })
export type ApiKeyCreated = z.infer<typeof apiKeyCreated>
