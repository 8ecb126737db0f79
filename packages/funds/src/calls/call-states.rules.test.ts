import { describe, expect, it } from 'vitest'
import {
  actionsOf,
  afterAction,
  type CallAction,
  callStateOf,
  countsInFigures,
  type DecidedState,
  decidedStates,
  type FundedLine,
} from './call-states.rules.ts'

const line = (due: bigint, applied: bigint, excused = false, writtenOff = 0n): FundedLine => ({
  due,
  applied,
  writtenOff,
  excused,
})
const unpaid = [line(100n, 0n), line(50n, 0n)]
const part = [line(100n, 100n), line(50n, 0n)]
const full = [line(100n, 100n), line(50n, 50n), line(70n, 0n, true)]

describe('the state of an issued call', () => {
  it.each([
    ['ISSUED', unpaid],
    ['PARTIALLY_FUNDED', part],
    ['PARTIALLY_FUNDED', [line(100n, 1n)]],
    ['FUNDED', full],
    ['FUNDED', [line(100n, 98n, false, 2n), line(50n, 50n)]],
    ['PARTIALLY_FUNDED', [line(100n, 98n, false, 2n), line(50n, 0n)]],
    ['PARTIALLY_FUNDED', [line(100n, 0n, false, 2n)]],
    ['ISSUED', []],
  ] as const)('is %s, from its lines', (state, lines) => expect(callStateOf('ISSUED', lines)).toBe(state))
  it('moves back when a payment bounces', () => {
    expect([full, part, unpaid].map((lines) => callStateOf('ISSUED', lines))).toEqual([
      'FUNDED',
      'PARTIALLY_FUNDED',
      'ISSUED',
    ])
  })
  it('is what was decided before it is issued and after it is closed', () => {
    for (const decided of decidedStates.filter((state) => state !== 'ISSUED'))
      expect(callStateOf(decided, part)).toBe(decided)
  })
  it('counts in figures once it is issued', () => {
    expect(decidedStates.filter(countsInFigures)).toEqual(['ISSUED', 'CLOSED'])
  })
})

describe('what may be done with a call', () => {
  it.each([
    ['DRAFT', unpaid, ['submit', 'approve', 'cancel']],
    ['IN_REVIEW', unpaid, ['approve', 'return', 'cancel']],
    ['APPROVED', unpaid, ['return', 'issue', 'cancel']],
    ['ISSUED', unpaid, ['cancel']],
    ['ISSUED', part, []],
    ['ISSUED', full, ['close']],
    ['CLOSED', full, ['reopen']],
    ['CANCELLED', unpaid, []],
  ] as const)('%s: %#', (decided, lines, actions) => expect(actionsOf({ decided, lines })).toEqual([...actions]))

  const call = (decided: DecidedState, lines = unpaid) => ({ decided, lines, lastEditorId: 'author' })
  it('goes from draft to closed', () => {
    const path: [CallAction, FundedLine[]][] = [
      ['submit', unpaid],
      ['approve', unpaid],
      ['issue', unpaid],
      ['close', full],
    ]
    const reached = path.reduce<DecidedState>(
      (state, [action, lines]) => afterAction(call(state, lines), action, 'other'),
      'DRAFT',
    )
    expect(reached).toBe('CLOSED')
  })
  it('needs a second person for the approval', () => {
    expect(() => afterAction(call('IN_REVIEW'), 'approve', 'author')).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    )
    expect(afterAction(call('IN_REVIEW'), 'approve', 'other')).toBe('APPROVED')
    expect(afterAction(call('APPROVED'), 'issue', 'author')).toBe('ISSUED')
  })
  it('is refused with the present state when it does not fit', () => {
    expect(() => afterAction(call('DRAFT'), 'issue', 'other')).toThrow(
      expect.objectContaining({ code: 'illegal_transition', details: { state: 'DRAFT' } }),
    )
    expect(() => afterAction(call('ISSUED', part), 'cancel', 'other')).toThrow('reverse the payments first')
    expect(() => afterAction(call('CANCELLED'), 'cancel', 'other')).toThrow(
      expect.objectContaining({ code: 'illegal_transition' }),
    )
  })
})
