import { deleteFile } from '@throughline/accounts'
import type { Ctx } from '@throughline/db'
import type { Storage } from '@throughline/storage'
import { findExpired } from './exports.repo.ts'
import { advanceExport } from './exports.service.ts'

/** Deletes a firm's files whose day is over. The object first: what is broken off here is found again. @returns how many */
export async function expireExports(ctx: Ctx, storage: Storage): Promise<number> {
  const expired = await findExpired(ctx.db, ctx.now())
  for (const { exportId, fileId, storageKey } of expired) {
    await storage.delete(storageKey)
    await ctx.db.transaction(async () => {
      await advanceExport(ctx, exportId, { from: ['SUCCEEDED'], to: 'EXPIRED', changes: { fileId: null } })
      await deleteFile(ctx.db, fileId)
    })
  }
  return expired.length
}
