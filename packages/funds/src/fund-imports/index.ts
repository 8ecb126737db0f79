export { commitFundImportJob, inspectFundImportJob } from './fund-imports.jobs.ts'
export {
  acceptFundImport,
  commitFundImport,
  failFundImport,
  getFundImport,
  inspectAgain,
  listFundImports,
} from './fund-imports.service.ts'
export type { FundImportResources } from './read-file.ts'
export { inspectFundImport, runFundImport } from './run-import.ts'
