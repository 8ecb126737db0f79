'use client'
import { useRef } from 'react'
import { Board } from './board.tsx'
import { Figures } from './figures.tsx'
import { useDealQuery } from './use-deal-query.ts'
import { DealsWorkspace } from './workspace.tsx'

/** The pipeline as a board by stage. */
export function PipelineScreen() {
  const query = useDealQuery()
  const shown = useRef<readonly string[]>([])
  return (
    <DealsWorkspace layout="board" title="Pipeline" query={query} shown={shown} figures={<Figures />}>
      <Board query={query} shown={shown} />
    </DealsWorkspace>
  )
}
