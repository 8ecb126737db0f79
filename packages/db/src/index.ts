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
export { likePattern } from './like-pattern.ts'
export { type CommitBatch, TransactionEndedError } from './open-transaction.ts'
export { TenantScopeError } from './scoped-pool.ts'
export { empty, join, rowLimit, type Sql, sql } from './sql.ts'
export type { TenantPrisma } from './tenant-client.ts'
