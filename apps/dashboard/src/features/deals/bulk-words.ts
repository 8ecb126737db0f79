// What became of a wish about many deals, in words.
import type { BulkResult, SkipReason } from '@throughline/contracts'
import { formatNumber } from '@throughline/ui'

const reasonWords: Record<SkipReason, string> = {
  not_found: 'not there any more',
  not_yours: 'not yours',
  already_so: 'already so',
  illegal_transition: 'closed another way, re-open first',
  held: 'held by an issued capital call',
  changed_since: 'changed since',
}

/** `2 skipped: not yours`, `5 skipped: 3 not yours, 2 already so`; nothing when all went through. */
export function skippedWords(skipped: BulkResult['skipped']): string {
  const counts = new Map<SkipReason, number>()
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  const parts = [...counts].sort(([, a], [, b]) => b - a)
  const [first] = parts
  if (!first) return ''
  const told =
    parts.length === 1
      ? reasonWords[first[0]]
      : parts.map(([reason, count]) => `${formatNumber(count)} ${reasonWords[reason]}`).join(', ')
  return `${formatNumber(skipped.length)} skipped: ${told}`
}

/** `98 moved, 2 skipped: not yours`. */
export function resultWords({ updated, skipped }: Pick<BulkResult, 'updated' | 'skipped'>, done: string): string {
  const worked = `${updated.length === 0 ? 'None' : formatNumber(updated.length)} ${done}`
  return [worked, skippedWords(skipped)].filter(Boolean).join(', ')
}

/** Several answers as one; each batch keeps its own undo. */
export const joined = (results: readonly BulkResult[]): Pick<BulkResult, 'updated' | 'skipped'> => ({
  updated: results.flatMap(({ updated }) => updated),
  skipped: results.flatMap(({ skipped }) => skipped),
})

export interface Chosen {
  /** Rows of the list so far, all of them chosen. */
  loaded: number
  /** Those that are chosen, in the list so far or further down. */
  chosen: number
  /** Of the whole list; unknown while it is counted. */
  matching: number | undefined
  most: number
}

/** What is chosen when all rows are, and by which words more can be; no offer when there is nothing more to choose. */
export function choiceWords({ loaded, chosen, matching, most }: Chosen): { said: string; offer?: string } {
  const number = formatNumber(chosen)
  if (chosen === matching || (matching === undefined && chosen > loaded && chosen < most))
    return { said: `All ${number} that match are selected.` }
  if (chosen >= most)
    return {
      said: `The first ${number}${matching === undefined ? '' : ` of ${formatNumber(matching)}`} are selected: no more can be changed at once.`,
    }
  if (matching !== undefined && matching > most)
    return {
      said: `All ${number} shown are selected.`,
      offer: `Select the first ${formatNumber(most)} of ${formatNumber(matching)}`,
    }
  return {
    said: `All ${number} shown are selected.`,
    offer: matching === undefined ? 'Select all that match' : `Select all ${formatNumber(matching)} that match`,
  }
}
