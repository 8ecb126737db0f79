'use client'
import { type DealView, mostBulkDeals } from '@throughline/contracts'
import { Button, Notice } from '@throughline/ui'
import { choiceWords } from './bulk-words.ts'
import type { Beyond } from './use-beyond.ts'
import type { RowSelection } from './use-selection.ts'

interface ChoiceNoticeProps {
  /** The rows of the list so far, all of them chosen. */
  deals: readonly DealView[]
  selection: RowSelection
  beyond: Beyond
  matching: number | undefined
}

/** Says that all rows are chosen, and offers those that the list has not shown yet. */
export function ChoiceNotice({ deals, selection, beyond, matching }: ChoiceNoticeProps) {
  const { said, offer } = choiceWords({
    loaded: deals.length,
    chosen: selection.ids.length,
    matching,
    most: mostBulkDeals,
  })
  const choose = async () => {
    const all = await beyond.load()
    if (all) selection.choose(all.map(({ id }) => id))
  }
  return (
    <Notice tone="info" className="mb-3 flex flex-wrap items-center justify-between gap-2">
      <span role="status">{said}</span>
      {offer ? (
        <Button size="sm" onClick={() => void choose()} disabled={beyond.isReading}>
          {beyond.isReading ? 'Selecting…' : offer}
        </Button>
      ) : null}
    </Notice>
  )
}
