'use client'
import { useState } from 'react'

/**
 * The record of an open sheet that is being deleted. From then on it is not asked for again: the event that tells of the
 * deletion may come before the sheet has closed, and the answer would be that there is no such record.
 * @param openId of the record that the sheet shows; empty when it is closed
 */
export function useGoing(openId: string) {
  const [goingId, setGoingId] = useState('')
  // Brought back and opened again, it is asked for as ever.
  if (openId === '' && goingId !== '') setGoingId('')
  return {
    isGoing: goingId !== '' && goingId === openId,
    setGoing: (going: boolean) => setGoingId(going ? openId : ''),
  }
}
