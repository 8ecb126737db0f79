import { describe, expect, it } from 'vitest'
import { sharedBuffersMiB } from './postgres.mjs'

describe('the memory that Postgres may keep pages in', () => {
  const ofGiB = (/** @type {number} */ gib) => sharedBuffersMiB(gib * 2 ** 30)

  it('is a sixteenth of the machine', () => {
    expect(ofGiB(8)).toBe(512)
    expect(ofGiB(7.9)).toBe(505)
  })

  it('is never less than what Postgres takes by itself, and on a large machine no more than a gigabyte', () => {
    expect(ofGiB(1)).toBe(128)
    expect(ofGiB(256)).toBe(1024)
  })
})
