import type { ViewDefinition } from '@throughline/contracts'

const sorted = (value: string | readonly string[]): string[] => [value].flat().toSorted()

/** A definition as it is compared: one value or a list with one are the same, and the order of a filter says nothing. */
const comparable = ({ filter, sort, reverse, columns, layout }: ViewDefinition): string =>
  JSON.stringify([
    Object.entries(filter)
      .map(([key, value]) => [key, sorted(value)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    sort,
    reverse,
    columns,
    layout,
  ])

/** Whether two definitions show the same. */
export const isSameView = (a: ViewDefinition, b: ViewDefinition): boolean => comparable(a) === comparable(b)
