import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPace } from './pace.ts'

let runs: number[]
beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  runs = []
})
afterEach(() => {
  vi.useRealTimers()
})
const pace = () => createPace(() => runs.push(Date.now()), 5, 40)

it('works at once for whoever asks after a pause', () => {
  const { ask } = pace()
  for (let n = 0; n < 3; n++) {
    ask()
    vi.advanceTimersByTime(10)
  }
  expect(runs).toEqual([0, 10, 20])
})

it('works once more for all that ask during a pause, at its end', () => {
  const { ask } = pace()
  for (let n = 0; n < 100; n++) ask()
  expect(runs).toEqual([0])
  vi.advanceTimersByTime(100)
  expect(runs).toEqual([0, 5])
})

it('pauses longer while it is asked all the time, and is quick again afterwards', () => {
  const { ask } = pace()
  for (let ms = 0; ms < 200; ms++) {
    ask()
    vi.advanceTimersByTime(1)
  }
  expect(runs).toEqual([0, 5, 15, 35, 75, 115, 155, 195])
  vi.advanceTimersByTime(100)
  runs = []
  ask()
  ask()
  vi.advanceTimersByTime(5)
  expect(runs).toEqual([300, 305])
})

it('does nothing more once it is stopped', () => {
  const { ask, stop } = pace()
  ask()
  ask()
  stop()
  vi.advanceTimersByTime(100)
  expect(runs).toEqual([0])
})
