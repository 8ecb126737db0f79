import type { TenantDb } from '@throughline/db'
import type { Storage } from '@throughline/storage'
import { deleteFile, findClosedFiles } from './files.repo.ts'

/** Read at once. */
const batchSize = 500

/** Deletes a firm's files that were closed before an instant. The object first: what is broken off here is found again. @returns how many */
export async function purgeClosedFiles(db: TenantDb, storage: Storage, before: Date): Promise<number> {
  let purged = 0
  for (;;) {
    const files = await findClosedFiles(db, before, batchSize)
    for (const { id, storageKey } of files) {
      await storage.delete(storageKey)
      await deleteFile(db, id)
    }
    purged += files.length
    if (files.length < batchSize) return purged
  }
}
