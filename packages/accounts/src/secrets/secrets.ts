// What is told once and stored as its hash: refresh tokens, links in mails, keys of the API, recovery codes.
import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, as text that may stand in an address. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** Hex of SHA-256. Plain and fast: in 256 random bits there is nothing to guess. Passwords have a hash of their own. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
