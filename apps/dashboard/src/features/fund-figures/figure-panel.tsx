'use client'
import type { ExplainedFigure } from '@throughline/contracts'
import { EntriesPanel } from './entries-panel.tsx'
import { readFigureEntries } from './figures.api.ts'

interface FigurePanelProps {
  fundId: string
  currency: string
  figure: ExplainedFigure
  title: string
  onClose(): void
}

/** The entries that a figure of a fund consists of. */
export const FigurePanel = ({ fundId, currency, figure, title, onClose }: FigurePanelProps) => (
  <EntriesPanel
    {...{ title, currency, onClose }}
    of={['fund', { fundId, figure }]}
    read={(cursor, signal) => readFigureEntries({ fundId, figure, cursor }, signal)}
  />
)
