'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'

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
  const router = useRouter()
  const path = usePathname()
  const get = (name: string) => search.get(name) ?? ''
  const hrefWith = (changes: Record<string, string>) => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name)
    const text = next.toString()
    return text ? `${path}?${text}` : path
  }
  const set = (changes: Record<string, string>) => router.replace(hrefWith(changes), { scroll: false })
  const filter: RecordFilter = {
    ...{ q: get('q'), ownerId: get('owner'), tag: get('tag'), sort: get('sort') },
    deleted: get('trash') ? 'true' : '',
  }
  return { get, set, hrefWith, filter }
}

export type RecordAddress = ReturnType<typeof useRecordFilter>
