// What somebody types into a field of a deal, as the change it means.
import { type DealView, dateOnly, money, tags, type UpdateDeal } from '@throughline/contracts'

export type EditKind = 'title' | 'value' | 'closeDate' | 'tags' | 'source' | 'probability' | 'notes'

/** A change, a reason against it, or neither when nothing changed. */
export interface Reading {
  changes?: UpdateDeal
  refusal?: string
}

interface Edit {
  /** As it is typed. */
  text(deal: DealView): string
  read(typed: string): Reading
}

const titleLength = 200
const sourceLength = 80

/** `1,250.5` and `1 250.50` are `1250.50`; thousands are not guessed at, so `1.250` is refused. */
function readMoney(typed: string): Reading {
  const plain = typed.replace(/[\s,]/g, '')
  const value = plain === '' ? '0' : plain
  if (value.startsWith('-') || !money.safeParse(value).success) return { refusal: 'A number like 1250.00' }
  return { changes: { value } }
}

function readTags(typed: string): Reading {
  const words = typed.split(',').filter((word) => word.trim() !== '')
  const read = tags.safeParse(words)
  return read.success ? { changes: { tags: [...new Set(read.data)] } } : { refusal: 'At most 30 tags of 40 letters' }
}

function readPercent(typed: string): Reading {
  if (typed === '') return { changes: { probability: null } }
  const percent = Number(typed.replace('%', ''))
  return Number.isInteger(percent) && percent >= 0 && percent <= 100
    ? { changes: { probability: percent } }
    : { refusal: 'A whole number from 0 to 100' }
}

const edits: Record<EditKind, Edit> = {
  title: {
    text: ({ title }) => title,
    read: (typed) =>
      typed === '' || typed.length > titleLength
        ? { refusal: `From 1 to ${titleLength} letters` }
        : { changes: { title: typed } },
  },
  value: { text: ({ value }) => value, read: readMoney },
  closeDate: {
    text: ({ expectedCloseDate }) => expectedCloseDate ?? '',
    read: (typed) => {
      if (typed === '') return { changes: { expectedCloseDate: null } }
      return dateOnly.safeParse(typed).success
        ? { changes: { expectedCloseDate: typed } }
        : { refusal: 'A day like 2026-11-30' }
    },
  },
  tags: { text: ({ tags: words }) => words.join(', '), read: readTags },
  source: {
    text: ({ leadSource }) => leadSource ?? '',
    read: (typed) =>
      typed.length > sourceLength
        ? { refusal: `At most ${sourceLength} letters` }
        : { changes: { leadSource: typed || null } },
  },
  probability: {
    text: ({ probability }) => (probability === null ? '' : String(probability)),
    read: readPercent,
  },
  notes: { text: ({ notes }) => notes ?? '', read: (typed) => ({ changes: { notes: typed || null } }) },
}

/** How the present value is typed. */
export const textOf = (kind: EditKind, deal: DealView): string => edits[kind].text(deal)

/** What a typed text means for this deal. */
export function readEdit(kind: EditKind, deal: DealView, text: string): Reading {
  const typed = text.trim()
  return typed === textOf(kind, deal).trim() ? {} : edits[kind].read(typed)
}
