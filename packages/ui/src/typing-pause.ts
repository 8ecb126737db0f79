'use client'
import { useEffect, useRef, useState } from 'react'

/** Between the last key and the question, in milliseconds. */
const usualPauseMs = 250

/** Does something with what is typed once somebody pauses; with what is there at first as well. */
export function useTypingPause<Typed>(typed: Typed, act: (typed: Typed) => void, pauseMs = usualPauseMs): void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    const timer = setTimeout(() => latest.current(typed), pauseMs)
    return () => clearTimeout(timer)
  }, [typed, pauseMs])
}

/** What was typed when somebody last paused. */
export function useSettled<Typed>(typed: Typed, pauseMs?: number): Typed {
  const [settled, setSettled] = useState(typed)
  useTypingPause(typed, (last) => setSettled(() => last), pauseMs)
  return settled
}
