// What a reviewer asked for, as far as the offline writer can follow it.

export interface RevisionNotes {
  text: string
  shorter: boolean
  section: string | undefined
}

const asksForLess = /\b(short(er|en)?|cut|trim|too long|brief(er)?|concise)\b/i
const asksForSection =
  /\b(?:add|include|write|needs?)\b[^.;\n]*?\b(?:section|paragraph|part|words?)\s+(?:about|on|for)\s+([^.;,\n]+?)(?=\s+(?:and|but|then)\s+(?:make|keep|cut|shorten|trim|remove)|[.;,\n]|$)/i
const asksForMention = /\b(?:mention|cover|address|explain)\s+([^.;,\n]+)/i

/** Reads notes in plain English; what it does not understand stays with the draft for the next reader. */
export function readNotes(text: string): RevisionNotes {
  const section = text.match(asksForSection)?.[1] ?? text.match(asksForMention)?.[1]
  return { text, shorter: asksForLess.test(text), section: section?.trim().toLowerCase() || undefined }
}

export const isShorter = (notes: RevisionNotes): boolean => notes.shorter
export const askedSection = (notes: RevisionNotes): string | undefined => notes.section
