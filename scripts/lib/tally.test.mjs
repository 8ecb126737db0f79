import { describe, expect, it } from 'vitest'
import { failureLines, lastLine, sum, tally, tallyOfPlaywright, tallyOfVitest } from './tally.mjs'

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
      { name: 'broken.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      {
        name: 'sums.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'failed', fullName: 'a sum is right', failureMessages: ['expected 1 to be 2'] },
          { status: 'passed', fullName: 'a sum is there' },
        ],
      },
      { name: 'well.test.ts', status: 'passed' },
    ]
    const found = tallyOfVitest({ ...report, numFailedTests: 1, testResults }, 1)
    expect(found).toMatchObject({ passed: 5, failed: 2, skipped: 2 })
    expect(failureLines(found)).toEqual([
      '✗ sums.test.ts › a sum is right',
      '    expected 1 to be 2',
      '✗ broken.test.ts',
      '    no such module',
    ])
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
    ).toEqual(tally(0, 1, 0, [{ test: 'outside of a test', why: 'does not load' }]))
  })

  it('says which tests failed and why, blocks in files as well, without colours and without a whole log', () => {
    const why = Array.from({ length: 40 }, (_, line) => `\u001b[31mline ${line}\u001b[39m\n`).join('\n')
    const failed = {
      ok: false,
      file: 'a.spec.ts',
      line: 7,
      title: 'opens',
      tests: [{ results: [{ error: { message: why } }] }],
    }
    const report = {
      stats: { expected: 1, unexpected: 1 },
      suites: [{ specs: [{ ok: true, title: 'closes' }], suites: [{ specs: [failed] }] }],
    }
    const lines = failureLines(tallyOfPlaywright(report, 1))
    expect(lines.slice(0, 2)).toEqual(['✗ a.spec.ts:7 › opens', '    line 0'])
    expect(lines).toHaveLength(13)
  })

  it('that is missing is a failure', () => {
    expect(tallyOfPlaywright(undefined, 137)).toEqual(tally(0, 1))
  })
})
