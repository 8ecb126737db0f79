'use client'
import { fundsOfAMessage } from '@throughline/contracts'
import { useFundRooms } from '@throughline/ui'
import { useRecordPages } from '../records/use-record-pages.ts'
import { readFunds } from './funds.api.ts'

/**
 * Funds by name, page by page. What happens in the first of them is heard of; a fund beyond is read anew with the next
 * change of one of those.
 */
export function useListedFunds() {
  const query = useRecordPages('funds', {}, readFunds)
  useFundRooms(query.rows?.slice(0, fundsOfAMessage).map(({ id }) => id) ?? [])
  return query
}
