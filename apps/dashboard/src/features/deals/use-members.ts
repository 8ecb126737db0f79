'use client'
import { useQuery } from '@tanstack/react-query'
import { type Choice, useSession } from '@throughline/ui'
import { useMemo } from 'react'
import { readMembers } from '../members/members.api.ts'

/** Who can own a deal: oneself first, then by name, without those who lost their access. */
export function useMembers() {
  const { user } = useSession()
  const { data } = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => readMembers(signal), staleTime: 60_000 })
  const ownId = user?.id
  return useMemo(() => {
    const all = data?.data ?? []
    const names = new Map(all.map(({ id, name }) => [id, name]))
    const active = all.filter(({ disabledAt, role, id }) => disabledAt === null && role !== 'viewer' && id !== ownId)
    const others = active.map(({ id, name }) => ({ value: id, label: name }))
    others.sort((a, b) => a.label.localeCompare(b.label))
    const own = ownId ? [{ value: ownId, label: `${names.get(ownId) ?? 'Me'} (me)` }] : []
    const owners: Choice[] = [...own, ...others]
    return { owners, ownId, nameOf: (id: string) => names.get(id), isLoaded: data !== undefined }
  }, [data, ownId])
}
