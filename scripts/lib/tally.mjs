/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @param {number} passed @param {number} [failed] @param {number} [skipped] @returns {Tally} */
export const tally = (passed, failed = 0, skipped = 0) => ({ passed, failed, skipped })

/** @param {Tally[]} tallies @returns {Tally} */
export const sum = (tallies) =>
  tallies.reduce((a, b) => tally(a.passed + b.passed, a.failed + b.failed, a.skipped + b.skipped), tally(0))

/** @param {Tally} total the last line of a test run */
export const lastLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/** A runner that ended badly without a failed test to show for it did fail. @param {Tally} found @param {number} exitCode @returns {Tally} */
const withExitCode = (found, exitCode) => (exitCode !== 0 && found.failed === 0 ? { ...found, failed: 1 } : found)

/**
 * @param {any} report what vitest's JSON reporter wrote; undefined: nothing
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyOfVitest(report, exitCode) {
  if (!report || !Array.isArray(report.testResults)) return tally(0, 1)
  // a file that does not load has no tests to count, and would be missed
  const unloaded = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' && !file.assertionResults?.some((/** @type {any} */ test) => test.status === 'failed'),
  ).length
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0)
  return withExitCode(tally(report.numPassedTests ?? 0, (report.numFailedTests ?? 0) + unloaded, skipped), exitCode)
}

/**
 * @param {any} report what Playwright's JSON reporter wrote; undefined: nothing
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyOfPlaywright(report, exitCode) {
  if (!report?.stats) return tally(0, 1)
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats
  const outsideTests = (report.errors ?? []).length
  return withExitCode(tally(expected + flaky, unexpected + outsideTests, skipped), exitCode)
}
