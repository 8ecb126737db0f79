/** Letters and digits only, without accents and case: `Deal - Título` is `deal titulo`. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The names in a list like `stage, deal stage`, plain. */
export const namesIn = (list: string): string[] => list.split(',').map(plain)
