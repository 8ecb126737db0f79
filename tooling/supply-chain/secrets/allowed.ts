// Values that look like secrets and are none. A value is allowed everywhere: whoever finds it in this list knows it anyway.
// Each says why; secrets.test.ts fails when one is not in the tree any more, so that the list cannot gather dust.

export interface Allowed {
  /** All of what a rule finds, not a part of it. */
  value: string
  reason: string
}

export const allowed: Allowed[] = [
  {
    value: 'p%40ss',
    reason: 'scripts/lib/apps.test.mjs: an encoded character in a database address that nothing listens at',
  },
  {
    value: 'postgres://admin:p%40ss@db/mine?sslmode=require',
    reason: 'the same address, as the preset of secretlint finds it',
  },
]

const values = new Set(allowed.map(({ value }) => value))

export const isAllowed = (secret: string): boolean => values.has(secret)
