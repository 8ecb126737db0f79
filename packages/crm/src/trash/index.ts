export { holdsOf } from './trash.repo.ts'
export { deleteRecord, purgeOldTrash, purgeRecord, restoreRecord } from './trash.service.ts'
