// argon2id of Node itself: it runs on libuv's threads, not on the event loop.
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '@throughline/contracts'

const derive = promisify(argon2)

interface Cost {
  /** KiB. */
  memory: number
  passes: number
  parallelism: number
}

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32
const nonceLength = 16

/** Hashing takes memory and a thread each: a flood of sign-ins waits here instead of starving everything else. */
const maxParallel = 2
/** A second or two of work; whoever comes later is told to come back instead of waiting for minutes. */
const maxWaiting = 100
let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < maxParallel) running++
  else {
    if (waiting.length >= maxWaiting) throw new AppError('unavailable')
    // Whoever ends hands its place on, so `running` does not change.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

const tagOf = (password: string, nonce: Buffer, { memory, passes, parallelism }: Cost): Promise<Buffer> => {
  // NFKC, so that a password typed on another keyboard layout is the same password.
  const message = Buffer.from(password.normalize('NFKC'), 'utf8')
  const parameters: Argon2Parameters = { message, nonce, memory, passes, parallelism, tagLength }
  return inTurn(() => derive('argon2id', parameters))
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** @returns a PHC string: algorithm, cost, salt and hash */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(nonceLength)
  const tag = await tagOf(password, nonce, cost)
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
const someNonce = randomBytes(nonceLength)

/**
 * Compares in constant time. Without a hash (an unknown e-mail) it does the same work and says no, so that the time
 * tells nobody who has an account.
 */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  const [, memory, passes, parallelism, nonce, tag] = hash?.match(phc) ?? []
  if (nonce === undefined || tag === undefined) {
    await tagOf(password, someNonce, cost)
    return false
  }
  const expected = Buffer.from(tag, 'base64')
  const stored = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const actual = await tagOf(password, Buffer.from(nonce, 'base64'), stored)
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

/** Whether a hash was made more cheaply than one would be today; it is then made anew at the next sign-in. */
export function needsRehash(hash: string): boolean {
  const [, memory, passes, parallelism] = hash.match(phc) ?? []
  return Number(memory) < cost.memory || Number(passes) < cost.passes || Number(parallelism) < cost.parallelism
}
