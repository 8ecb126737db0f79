import type { FeeList } from '@throughline/contracts'

type Piece = FeeList['data'][number]['pieces'][number]

/** Days that follow each other and cost the same are said as one: a base that the fee is not counted on may have changed. */
export function piecesInWords(pieces: readonly Piece[]): Piece[] {
  const said: Piece[] = []
  for (const piece of pieces) {
    const last = said.at(-1)
    if (last && last.base === piece.base && last.amount === piece.amount && last.rate === piece.rate)
      said[said.length - 1] = { ...last, to: piece.to, days: last.days + piece.days }
    else said.push(piece)
  }
  return said
}
