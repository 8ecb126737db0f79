import { type exportRecordsJob, failExport, writeExport } from '@throughline/crm'
import type { Handlers } from '@throughline/jobs'
import type { Storage } from '@throughline/storage'

/** What the `documents` profile does for whoever takes records out. */
export const exportHandlers = (storage: Storage): Handlers<{ exportRecords: typeof exportRecordsJob }> => ({
  exportRecords: {
    run: (job) => writeExport(job, storage),
    onDead: (ctx, { exportId }) => failExport(ctx, exportId),
  },
})
