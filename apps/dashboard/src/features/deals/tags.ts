import { tag } from '@throughline/contracts'

/** A tag in its one spelling; nothing for what cannot be one. */
export const cleanTag = (typed: string): string => {
  const read = tag.safeParse(typed)
  return read.success ? read.data : ''
}
