'use client'
import { useMemo, useState } from 'react'

/** For the mutation that takes a record away: what it says when it begins, and when nothing came of it. */
export interface Going {
  onMutate(): void
  onError(): void
}

/**
 * A record that is open while it is being deleted or merged away. From then on it is not asked for again: the event that
 * tells of its end may come before what shows it has closed, and the answer would be that there is no such record.
 * @param openId of the record that is shown; empty when none is
 * @returns `isGoing` for `enabled` of each query about the record, `going` for the mutation that ends it
 */
export function useGoing(openId: string): { isGoing: boolean; going: Going } {
  const [goingId, setGoingId] = useState('')
  // Brought back and opened again, it is asked for as ever.
  if (openId === '' && goingId !== '') setGoingId('')
  const going = useMemo(() => ({ onMutate: () => setGoingId(openId), onError: () => setGoingId('') }), [openId])
  return { isGoing: goingId !== '' && goingId === openId, going }
}
