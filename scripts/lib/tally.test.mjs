import { describe, expect, it } from 'vitest'
import { lastLine, sum, tally, tallyOfPlaywright, tallyOfVitest } from './tally.mjs'

describe('the last line', () => {
  it('sums all runners, and tells of skipped tests only when there are some', () => {
    expect(lastLine(sum([tally(3), tally(10, 2), tally(1)]))).toBe('14 passed, 2 failed')
    expect(lastLine(sum([tally(3, 0, 4)]))).toBe('3 passed, 0 failed, 4 skipped')
    expect(lastLine(sum([]))).toBe('0 passed, 0 failed')
  })
})

describe('a vitest report', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: /** @type {unknown[]} */ ([]),
  }

  it('is taken as it stands', () => {
    expect(tallyOfVitest(report, 0)).toEqual(tally(5, 0, 2))
  })

  it('counts a file that does not load', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed' },
    ]
    expect(tallyOfVitest({ ...report, numFailedTests: 1, testResults }, 1)).toEqual(tally(5, 2, 2))
  })

  it('that is missing, half written or contradicted by the exit code is a failure', () => {
    expect(tallyOfVitest(undefined, 0)).toEqual(tally(0, 1))
    expect(tallyOfVitest({}, 0)).toEqual(tally(0, 1))
    expect(tallyOfVitest(report, 1)).toEqual(tally(5, 1, 2))
  })
})

describe('a Playwright report', () => {
  it('counts tests and what went wrong outside of them', () => {
    expect(tallyOfPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] }, 1)).toEqual(
      tally(5, 1, 2),
    )
    expect(
      tallyOfPlaywright({ stats: { expected: 0, unexpected: 0 }, errors: [{ message: 'does not load' }] }, 1),
    ).toEqual(tally(0, 1))
  })

  it('that is missing is a failure', () => {
    expect(tallyOfPlaywright(undefined, 137)).toEqual(tally(0, 1))
  })
})
