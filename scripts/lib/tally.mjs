import { stripVTControlCharacters } from 'node:util'

/**
 * @typedef {{ test: string, why: string }} Failure
 * @typedef {{ passed: number, failed: number, skipped: number, failures: Failure[] }} Tally
 */

const linesOfFailure = 12

/** @param {number} passed @param {number} [failed] @param {number} [skipped] @param {Failure[]} [failures] @returns {Tally} */
export const tally = (passed, failed = 0, skipped = 0, failures = []) => ({ passed, failed, skipped, failures })

/** @param {Tally[]} tallies @returns {Tally} */
export const sum = (tallies) =>
  tallies.reduce(
    (a, b) => tally(a.passed + b.passed, a.failed + b.failed, a.skipped + b.skipped, [...a.failures, ...b.failures]),
    tally(0),
  )

/**
 * What failed and why, once more at the end: who reads the log of a build server often has its last lines only.
 * @param {Tally} total @returns {string[]}
 */
export const failureLines = ({ failures }) =>
  failures.flatMap(({ test, why }) => [
    `✗ ${test}`,
    ...stripVTControlCharacters(why)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(0, linesOfFailure)
      .map((line) => `    ${line}`),
  ])

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
    (/** @type {any} */ file) => file.status === 'failed' && failedTestsOf(file).length === 0,
  )
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0)
  const failures = [
    ...report.testResults.flatMap((/** @type {any} */ file) =>
      failedTestsOf(file).map((test) => ({
        test: `${file.name} › ${test.fullName}`,
        why: (test.failureMessages ?? []).join('\n'),
      })),
    ),
    ...unloaded.map((/** @type {any} */ file) => ({ test: file.name, why: file.message ?? '' })),
  ]
  const failed = (report.numFailedTests ?? 0) + unloaded.length
  return withExitCode(tally(report.numPassedTests ?? 0, failed, skipped, failures), exitCode)
}

/** @param {any} file of vitest's report @returns {any[]} */
const failedTestsOf = (file) =>
  (file.assertionResults ?? []).filter((/** @type {any} */ test) => test.status === 'failed')

/**
 * @param {any} report what Playwright's JSON reporter wrote; undefined: nothing
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyOfPlaywright(report, exitCode) {
  if (!report?.stats) return tally(0, 1)
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats
  const outsideTests = report.errors ?? []
  const failures = [
    ...(report.suites ?? []).flatMap((/** @type {any} */ suite) => failedSpecsOf(suite)),
    ...outsideTests.map((/** @type {any} */ error) => ({ test: 'outside of a test', why: error.message ?? '' })),
  ]
  return withExitCode(tally(expected + flaky, unexpected + outsideTests.length, skipped, failures), exitCode)
}

/** @param {any} suite of Playwright's report: a file or a block in it @returns {Failure[]} */
const failedSpecsOf = (suite) => [
  ...(suite.specs ?? [])
    .filter((/** @type {any} */ spec) => !spec.ok)
    .map((/** @type {any} */ spec) => ({
      test: `${spec.file}:${spec.line} › ${spec.title}`,
      why: (spec.tests ?? [])
        .flatMap((/** @type {any} */ test) => test.results ?? [])
        .map((/** @type {any} */ result) => result.error?.message ?? '')
        .join('\n'),
    })),
  ...(suite.suites ?? []).flatMap((/** @type {any} */ inner) => failedSpecsOf(inner)),
]
