import { describe, expect, it } from 'vitest'
import { rules } from './rules.ts'
import { readSources } from './sources.ts'

const sources = readSources(/\.(tsx?|mjs|prisma|sql)$/)

describe.for(rules)('$name', (rule) => {
  it('is held by every file', () => {
    const found = sources
      .filter(({ file }) => rule.files.test(file) && !rule.except?.test(file) && !file.startsWith('tooling/'))
      .flatMap(({ file, text }) =>
        text
          .split('\n')
          .flatMap((line, index) => (rule.refuses.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
      )
    expect(found, rule.because).toEqual([])
  })

  it('would notice', () => {
    expect(rule.refuses.test(rule.bad)).toBe(true)
    expect(rule.refuses.test(rule.good)).toBe(false)
  })
})
