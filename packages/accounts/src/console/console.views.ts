import type { AdminJobView, AdminTenantView, AdminUserView } from '@throughline/contracts'
import type { AdminJobRow, AdminTenantRow, AdminUserRow } from './console.repo.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export const toTenantView = (row: AdminTenantRow): AdminTenantView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
})

export const toUserView = (row: AdminUserRow): AdminUserView => ({
  ...row,
  createdAt: row.createdAt?.toISOString() ?? '',
  lastUsedAt: iso(row.lastUsedAt),
  disabledAt: iso(row.disabledAt),
})

export const toJobView = (row: AdminJobRow): AdminJobView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  startedAt: iso(row.startedAt),
  finishedAt: iso(row.finishedAt),
})
