/** @param cap per cent */
export const recyclingWords = (cap: string): string =>
  `The fund may make distributions of at most ${cap} % of a commitment callable again, over its whole life.`
