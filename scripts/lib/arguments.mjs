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
    const [, name = '', given] = /^--([a-z-]+)(?:=(.*))?$/.exec(argv[at] ?? '') ?? []
    const kind = Object.hasOwn(known, name) ? known[name] : undefined
    if (!kind) {
      throw new UsageError(
        `${argv[at]} is not understood; known: ${Object.keys(known)
          .map((k) => `--${k}`)
          .join(', ')}`,
      )
    }
    if (kind === 'flag') {
      if (given !== undefined) throw new UsageError(`--${name} takes no value`)
      found[name] = true
      continue
    }
    const value = given ?? argv[++at]
    if (!value || value.startsWith('--')) throw new UsageError(`--${name} needs a value`)
    found[name] = value
  }
  return found
}
