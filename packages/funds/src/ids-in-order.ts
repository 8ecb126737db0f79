import { randomUUIDv7 } from 'node:crypto'

/** New ids that sort as they are given: lists are in the order of ids, and ids of one millisecond are in none. */
export const idsInOrder = (count: number): string[] => Array.from({ length: count }, () => randomUUIDv7()).toSorted()
