export interface TextPart {
  /** Where it stands in the text. */
  at: number
  text: string
  isLink: boolean
}

/** A text with its web addresses apart. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const { 0: link, index } of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    if (index > end) parts.push({ at: end, text: text.slice(end, index), isLink: false })
    parts.push({ at: index, text: link, isLink: true })
    end = index + link.length
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end), isLink: false })
  return parts
}

const deadLinks = '<base target="_blank">'

/** The page of a mail for a frame in which nothing may happen: its links would open a new window, which is refused. */
export const frameDocument = (html: string): string =>
  /<head[\s>]/i.test(html) ? html.replace(/<head(\s[^>]*)?>/i, `$&${deadLinks}`) : `${deadLinks}${html}`
