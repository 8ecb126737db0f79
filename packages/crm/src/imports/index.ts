export { inspectDealImportJob, revertDealImportJob, runDealImportJob } from './imports.jobs.ts'
export {
  type AcceptedImport,
  acceptDealImport,
  cancelDealImport,
  failDealImport,
  getDealImport,
  listDealImports,
  revertDealImport,
  startDealImport,
} from './imports.service.ts'
export { inspectDealImport } from './inspect-import.ts'
export { revertImport } from './revert-import.ts'
export { forgetImportChanges } from './revert-period.repo.ts'
export { type ImportResources, runDealImport } from './run-import.ts'
export { deleteImportSource, listImportSources, updateImportSource } from './sources.service.ts'
