import { timingSafeEqual } from 'node:crypto'
import { hashOf } from '../secrets/index.ts'

/** What a scanner for leaked secrets looks for. */
export const apiKeyPrefix = 'tlk_'
const pattern = /^tlk_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/

/** The key as its owner gets it: prefix, id, secret. */
export const formatKey = (id: string, secret: string): string => `${apiKeyPrefix}${id.replaceAll('-', '')}_${secret}`

/** What a list shows of it. */
export const hintOf = (id: string, secret: string): string => `${apiKeyPrefix}${id.slice(0, 4)}…${secret.slice(-4)}`

/** @returns undefined when it is not a key at all */
export function parseKey(key: string): { id: string; secret: string } | undefined {
  const [, hex, secret] = key.match(pattern) ?? []
  if (!hex || !secret) return undefined
  return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), secret }
}

/** Compares in constant time; both are hashes of the same length. */
export const secretMatches = (secret: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(hash))
