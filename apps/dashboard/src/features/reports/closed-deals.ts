const wonStage = 'CLOSED_WON'
const lostStage = 'CLOSED_LOST'

/** The filter of a report's number without its stages, in one order. */
function besidesStage(text: string): string {
  const search = new URLSearchParams(text)
  search.delete('stage')
  search.sort()
  return search.toString()
}

/**
 * The filter of all closed deals behind a win rate: of the won ones and of the lost ones, which differ in the stage.
 * @returns null when no filter says this
 */
export function closedDeals(won: string | null, lost: string | null): string | null {
  if (won === null || lost === null || besidesStage(won) !== besidesStage(lost)) return null
  const stagesOf = (text: string) => new URLSearchParams(text).getAll('stage').join()
  if (stagesOf(won) !== wonStage || stagesOf(lost) !== lostStage) return null
  return `${won}&stage=${lostStage}`
}
