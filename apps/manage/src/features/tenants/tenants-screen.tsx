'use client'
import type { AdminTenantView } from '@throughline/contracts'
import { type Column, EmptyState, formatAge, formatNumber, PageHeader } from '@throughline/ui'
import Link from 'next/link'
import { readTenants } from '../console.api.ts'
import { PagedTable, usePages } from '../paged-table.tsx'
import { useAddress } from '../use-address.ts'
import { TenantSheet } from './tenant-sheet.tsx'
import { TenantState } from './tenant-state.tsx'

const columnsFor = (linkTo: (tenant: AdminTenantView) => string): Column<AdminTenantView>[] => [
  {
    header: 'Firm',
    cell: (tenant) => (
      <Link href={linkTo(tenant)} scroll={false} className="font-medium hover:underline">
        {tenant.name}
      </Link>
    ),
  },
  { header: 'State', cell: ({ status }) => <TenantState status={status} /> },
  { header: 'People', cell: (tenant) => formatNumber(tenant.members), numeric: true },
  { header: 'Deals', cell: (tenant) => formatNumber(tenant.deals), numeric: true },
  { header: 'Activities', cell: (tenant) => formatNumber(tenant.activities), numeric: true },
  { header: 'Zone', cell: (tenant) => tenant.timezone, wide: true },
  { header: 'Currency', cell: (tenant) => tenant.currency, wide: true },
  { header: 'Since', cell: (tenant) => formatAge(tenant.createdAt), className: 'whitespace-nowrap text-muted' },
]

export function TenantsScreen() {
  const { get, linkTo, set } = useAddress()
  const pages = usePages({ queryKey: ['tenants'], read: readTenants })
  const linkToTenant = ({ id }: AdminTenantView) => linkTo({ tenant: id })
  return (
    <>
      <PageHeader title="Tenants">Every firm, and how much is in it.</PageHeader>
      <PagedTable
        label="Tenants"
        pages={pages}
        columns={columnsFor(linkToTenant)}
        keyOf={({ id }) => id}
        empty={<EmptyState title="No firms yet" />}
        card={(tenant) => (
          <div className="grid grid-cols-1 gap-1.5">
            <div className="flex items-center justify-between gap-3">
              <Link href={linkToTenant(tenant)} scroll={false} className="min-w-0 truncate py-1 font-medium">
                {tenant.name}
              </Link>
              <TenantState status={tenant.status} />
            </div>
            <div className="text-muted text-sm">
              People {formatNumber(tenant.members)} · Deals {formatNumber(tenant.deals)} · Activities{' '}
              {formatNumber(tenant.activities)}
            </div>
          </div>
        )}
      />
      <TenantSheet tenantId={get('tenant')} onClose={() => set({ tenant: '' })} />
    </>
  )
}
