'use client'
import { messageOf, toast } from '@throughline/ui'
import { useMemo, useRef } from 'react'

type TakeBack = () => Promise<string>

/** Says what was done, and offers to take it back: by the button, or by the key for the newest. */
export function useUndo() {
  const last = useRef<TakeBack>(undefined)
  return useMemo(() => {
    const run = async (takeBack: TakeBack) => {
      if (last.current === takeBack) last.current = undefined
      try {
        toast.success(await takeBack())
      } catch (error) {
        toast.error('That could not be undone', { description: messageOf(error) })
      }
    }
    return {
      /** `takeBack` says in words what it has done. */
      offer(said: string, takeBack: TakeBack, description?: string): void {
        last.current = takeBack
        toast.success(said, { description, action: { label: 'Undo', onClick: () => void run(takeBack) } })
      },
      undoLast(): void {
        if (last.current) void run(last.current)
        else toast.info('There is nothing to undo')
      },
    }
  }, [])
}
export type Undo = ReturnType<typeof useUndo>
