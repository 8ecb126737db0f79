export { type AnswerStore, createAnswerStore } from './answer-store.ts'
export { type Computed, forgetAnswers, keptAnswer } from './answers.ts'
export {
  type Actor,
  type Ctx,
  type CtxInput,
  type Log,
  memberIdOf,
  type PlatformCtx,
  platformCtx,
  platformScope,
  systemActor,
  tenantCtx,
} from './context.ts'
export { asIs, type CursorValue, decodeCursor, encodeCursor, toPage } from './cursor.ts'
export { createDatabase, type Database, type Db, type PlatformDb, type TenantDb } from './database.ts'
export { Prisma } from './generated/client.ts'
export { instantOf, isoInstant, type JsonField, type JsonShape, jsonShape, type TextRow } from './json-rows.ts'
export { likePattern } from './like-pattern.ts'
export { type CommitBatch, TransactionEndedError } from './open-transaction.ts'
export type { ReadDb } from './questions.ts'
export { NoConnectionError, TenantScopeError, violates } from './scoped-pool.ts'
export { arrayText, empty, join, jsonLines, oneOf, rowLimit, type Sql, sql } from './sql.ts'
export type { TenantPrisma } from './tenant-client.ts'
