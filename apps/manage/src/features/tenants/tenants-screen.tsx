'use client'
import type { AdminTenantView } from '@throughline/contracts'
import { Badge, type Column, EmptyState, formatAge, formatNumber, PageHeader } from '@throughline/ui'
import { readTenants } from '../console.api.ts'
import { PagedTable } from '../paged-table.tsx'

const columns: Column<AdminTenantView>[] = [
  { header: 'Firm', cell: (tenant) => <span className="font-medium">{tenant.name}</span> },
  {
    header: 'State',
    cell: (tenant) => (
      <Badge tone={tenant.status === 'ACTIVE' ? 'good' : 'bad'}>
        {tenant.status === 'ACTIVE' ? 'Active' : 'Suspended'}
      </Badge>
    ),
  },
  { header: 'People', cell: (tenant) => formatNumber(tenant.members), numeric: true },
  { header: 'Deals', cell: (tenant) => formatNumber(tenant.deals), numeric: true },
  { header: 'Activities', cell: (tenant) => formatNumber(tenant.activities), numeric: true },
  { header: 'Zone', cell: (tenant) => tenant.timezone, wide: true },
  { header: 'Currency', cell: (tenant) => tenant.currency, wide: true },
  { header: 'Since', cell: (tenant) => formatAge(tenant.createdAt), className: 'whitespace-nowrap text-muted' },
]

export const TenantsScreen = () => (
  <>
    <PageHeader title="Tenants">Every firm, and how much is in it.</PageHeader>
    <PagedTable
      label="Tenants"
      queryKey={['tenants']}
      read={readTenants}
      columns={columns}
      keyOf={({ id }) => id}
      empty={<EmptyState title="No firms yet" />}
    />
  </>
)
