import { describe, expect, it } from 'vitest'
import { parseArguments, UsageError } from './arguments.mjs'

const known = /** @type {const} */ ({ only: 'value', loud: 'flag' })

describe('arguments', () => {
  it('are read with = and with a space', () => {
    expect(parseArguments(['--only=api,worker'], known)).toEqual({ only: 'api,worker' })
    expect(parseArguments(['--only', 'api', '--loud'], known)).toEqual({ only: 'api', loud: true })
    expect(parseArguments([], known)).toEqual({})
  })

  it.for([
    [['--onyl=api']],
    [['api']],
    [['--only']],
    [['--only=']],
    [['--only', '--loud']],
    [['--loud=yes']],
    [['--constructor=x']],
  ])('that make no sense are refused: %s', ([argv = []]) => {
    expect(() => parseArguments(argv, known)).toThrow(UsageError)
  })

  it('that are unknown are answered with those that exist', () => {
    expect(() => parseArguments(['--help'], known)).toThrow('--only, --loud')
  })
})
