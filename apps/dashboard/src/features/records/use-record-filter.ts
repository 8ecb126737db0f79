'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { changedAddress, useAddressChanges } from './use-address-changes.ts'

export interface RecordFilter {
  q: string
  ownerId: string
  tag: string
  sort: string
  /** `true` for the trash. */
  deleted: string
}

/** Filters and what is open live in the address, so that a view can be sent to a colleague. */
export function useRecordFilter() {
  const search = useSearchParams()
  const path = usePathname()
  const set = useAddressChanges()
  const get = (name: string) => search.get(name) ?? ''
  const hrefWith = (changes: Record<string, string>) => changedAddress(path, search.toString(), changes)
  const filter: RecordFilter = {
    ...{ q: get('q'), ownerId: get('owner'), tag: get('tag'), sort: get('sort') },
    deleted: get('trash') ? 'true' : '',
  }
  return { get, set, hrefWith, filter }
}

export type RecordAddress = ReturnType<typeof useRecordFilter>
