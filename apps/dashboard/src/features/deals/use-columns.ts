'use client'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useCustomFields } from '../custom-fields/use-custom-fields.ts'
import { columnsOf, columnsWith, usualColumns } from './deal-columns.tsx'
import type { DealQueryState } from './use-deal-query.ts'

const storedName = 'throughline-deal-columns'
const never = () => () => undefined
const readStored = (): string => window.localStorage.getItem(storedName) ?? ''

const keysIn = (text: string): string[] => text.split(',').filter(Boolean)

/** Columns as the address says; where it says nothing, as this browser had them last. */
export function useColumns(query: DealQueryState) {
  const stored = useSyncExternalStore(never, readStored, () => '')
  const said = query.columns ?? stored
  useEffect(() => {
    if (query.columns) window.localStorage.setItem(storedName, query.columns)
  }, [query.columns])
  const { fields } = useCustomFields()
  const all = useMemo(() => columnsWith(fields ?? []), [fields])
  return useMemo(() => {
    const keys = keysIn(said)
    const columns = columnsOf(all, keys.length > 0 ? keys : usualColumns)
    const choose = (next: readonly string[]) => query.set({ columns: next.join(',') }, 'replace')
    return { all, columns, choose, reset: () => choose(usualColumns) }
  }, [said, query, all])
}
export type ColumnChoice = ReturnType<typeof useColumns>
