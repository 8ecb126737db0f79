'use client'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { extend, type Selection, toggle } from './selection.ts'

const nothing: Selection = { ids: new Set(), anchor: null }

/** Which rows are chosen; rows that are gone are chosen no more. */
export function useSelection(order: readonly string[]) {
  const [selection, setSelection] = useState(nothing)
  const latest = useRef(order)
  useLayoutEffect(() => {
    latest.current = order
  })
  const clear = useCallback(() => setSelection(nothing), [])
  const toggleOne = useCallback((id: string) => setSelection((now) => toggle(now, id)), [])
  /** From where it was last clicked up to here. */
  const extendTo = useCallback((id: string) => setSelection((now) => extend(now, latest.current, id)), [])
  const choose = useCallback((ids: readonly string[]) => setSelection({ ids: new Set(ids), anchor: null }), [])
  return useMemo(
    () => ({
      ids: order.filter((id) => selection.ids.has(id)),
      has: (id: string) => selection.ids.has(id),
      toggle: toggleOne,
      extend: extendTo,
      choose,
      clear,
    }),
    [selection, order, toggleOne, extendTo, choose, clear],
  )
}
export type RowSelection = ReturnType<typeof useSelection>
