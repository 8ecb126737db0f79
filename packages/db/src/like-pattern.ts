/** `%` and `_` that a person types are letters, not wildcards. */
export const likePattern = (q: string): string => `%${q.replace(/[\\%_]/g, '\\$&')}%`
