// What stands on a document, before it is laid out: the same for notices and statements, so that one layout serves all.

export interface Row {
  cells: readonly string[]
  /** A sub-total or total. */
  strong?: boolean
}

export type Section = { heading: string; note?: string } & (
  | { facts: readonly (readonly [label: string, value: string])[] }
  /** The first column is text, the others are figures. */
  | { columns: readonly string[]; rows: readonly Row[] }
  | { paragraphs: readonly string[] }
)

export interface Paper {
  /** Who sends it. */
  from: string
  title: string
  subtitle: string
  facts: readonly (readonly [label: string, value: string])[]
  sections: readonly Section[]
  /** At the end of each page. */
  footer: string
}

/** `-1234567.80` is `-1,234,567.80`: as people read it. */
export function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.')
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? parted : `${parted}.${fraction}`
}
