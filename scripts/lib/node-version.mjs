/**
 * `a` older than `b`: negative; the same: 0.
 * @param {string} a @param {string} b such as `22.19`, `v24.1.0`
 */
export function compareVersions(a, b) {
  const parts = (/** @type {string} */ version) => version.replace(/^v/, '').split(/[.-]/).slice(0, 3).map(Number)
  const [left, right] = [parts(a), parts(b)]
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * The oldest Node that runs the code as it is. Type stripping came with 22.18, but `crypto.argon2`, which hashes the
 * passwords, only with 24.7.
 */
export const oldestNode = '24.7.0'

/** @param {string} version */
export const nodeIsTooOld = (version) => compareVersions(version, oldestNode) < 0
