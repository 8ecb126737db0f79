// Lists as people type them into one field.

/** Tags between commas. */
export const tagsOf = (text: string): string[] => partsOf(text, /[,;\n]/)
/** Addresses or numbers, a line each. */
export const linesOf = (text: string): string[] => partsOf(text, /[\n;]/)

const partsOf = (text: string, between: RegExp): string[] => [
  ...new Set(
    text
      .split(between)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
]

/** The trimmed text of a field; empty when it is not there. */
export const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim()
