'use client'
import { useQuery } from '@tanstack/react-query'
import type { AdminTenantView, AdminUserView } from '@throughline/contracts'
import { readTenants, readUsers } from '../console.api.ts'

export interface Known {
  firms: readonly AdminTenantView[]
  people: readonly AdminUserView[]
}

/** The first firms and people, to choose from and to call them by their names; others show up in the entries. */
export function useKnown(): Known {
  const firms = useQuery({ queryKey: ['audit-tenants'], queryFn: ({ signal }) => readTenants(null, signal) })
  const people = useQuery({
    queryKey: ['audit-users'],
    queryFn: ({ signal }) => readUsers({ cursor: null }, signal),
  })
  return { firms: firms.data?.data ?? [], people: people.data?.data ?? [] }
}
