'use client'
import type { ReactNode } from 'react'

export interface FigureTileProps {
  label: string
  value: ReactNode
  detail: string
  /** Shows what stands behind it. */
  onOpen(): void
}

/** One figure of a list of figures; it opens what it consists of. */
export const FigureTile = ({ label, value, detail, onOpen }: FigureTileProps) => (
  <li>
    <button
      type="button"
      onClick={onOpen}
      className="flex h-full w-full flex-col rounded-2xl border border-line bg-surface px-4 py-3.5 text-left shadow-card hover:bg-sunken"
    >
      <span className="block text-muted text-sm">{label}</span>
      <span className="tabular mt-1 block font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">{value}</span>
      <span className="tabular mt-0.5 block text-muted text-xs">{detail}</span>
    </button>
  </li>
)
