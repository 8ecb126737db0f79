export { inspectDealImportJob, runDealImportJob } from './deal-imports.jobs.ts'
export {
  type AcceptedImport,
  acceptDealImport,
  cancelDealImport,
  failDealImport,
  getDealImport,
  listDealImports,
  startDealImport,
} from './deal-imports.service.ts'
export { inspectDealImport } from './inspect-import.ts'
export { type ImportResources, runDealImport } from './run-import.ts'
