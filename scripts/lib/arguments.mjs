/** A mistake of the person at the keyboard: shown as one line, without a stack. */
export class UsageError extends Error {}

/**
 * Reads `--name=value`, `--name value` and `--name`.
 * @param {string[]} argv
 * @param {Record<string, 'value' | 'flag'>} known
 * @returns {Record<string, string | true | undefined>}
 * @throws {UsageError} on anything that is not known
 */
export function parseArguments(argv, known) {
  /** @type {Record<string, string | true | undefined>} */
  const found = {}
  for (let at = 0; at < argv.length; at++) {
    const match = /^--([a-z-]+)(?:=(.*))?$/.exec(argv[at])
    const kind = match && Object.hasOwn(known, match[1]) ? known[match[1]] : undefined
    if (!match || !kind) {
      throw new UsageError(
        `${argv[at]} is not understood; known: ${Object.keys(known)
          .map((k) => `--${k}`)
          .join(', ')}`,
      )
    }
    if (kind === 'flag') {
      if (match[2] !== undefined) throw new UsageError(`--${match[1]} takes no value`)
      found[match[1]] = true
      continue
    }
    const value = match[2] ?? argv[++at]
    if (!value || value.startsWith('--')) throw new UsageError(`--${match[1]} needs a value`)
    found[match[1]] = value
  }
  return found
}
