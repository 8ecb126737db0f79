export { expireExports } from './expire-exports.ts'
export { exportRecordsJob } from './exports.jobs.ts'
export { failExport, getExport, listExports, requestExport } from './exports.service.ts'
export { writeExport } from './write-export.ts'
