// What a link to a file carries: which file of which firm, and until when, under a seal that only we can make.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

export interface LinkClaims {
  tenantId: string
  fileId: string
  /** Whole milliseconds. */
  expiresAt: Date
}

export interface LinkSigner {
  /** 96 characters that go into a URL as they are. */
  sign(claims: LinkClaims): string
  /** What a token says, when we made it and it has not expired; nothing otherwise, whatever is wrong with it. */
  read(token: string, now: Date): LinkClaims | undefined
}

const version = 1
const uuidBytes = 16
const expiryBytes = 6
const macBytes = 32
/** One byte is spare: 72 bytes are 96 characters with no loose bits at the end that could be changed unnoticed. */
const claimBytes = 1 + uuidBytes + uuidBytes + expiryBytes + 1

/** So that a seal of a link is good for nothing else that the same secret signs, nor the other way round. */
const keyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'throughline file link v1', macBytes))
const macOf = (key: Buffer, claims: Buffer): Buffer => createHmac('sha256', key).update(claims).digest()

const uuidToBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex')
const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

function write({ tenantId, fileId, expiresAt }: LinkClaims): Buffer {
  const claims = Buffer.concat([Buffer.of(version), uuidToBytes(tenantId), uuidToBytes(fileId)], claimBytes)
  claims.writeUIntBE(expiresAt.getTime(), 1 + 2 * uuidBytes, expiryBytes)
  return claims
}

const parse = (claims: Buffer): LinkClaims => ({
  tenantId: uuidOf(claims.subarray(1, 1 + uuidBytes)),
  fileId: uuidOf(claims.subarray(1 + uuidBytes, 1 + 2 * uuidBytes)),
  expiresAt: new Date(claims.readUIntBE(1 + 2 * uuidBytes, expiryBytes)),
})

/** Seals with `secret`, and also knows the seals of the secret before it, while that is being changed. */
export function linkSigner(secret: string, previousSecret?: string): LinkSigner {
  const key = keyOf(secret)
  const keys = previousSecret === undefined ? [key] : [key, keyOf(previousSecret)]
  return {
    sign(claims) {
      const written = write(claims)
      return Buffer.concat([written, macOf(key, written)]).toString('base64url')
    },
    read(token, now) {
      const bytes = Buffer.from(token, 'base64url')
      // Node's decoder passes over characters that do not belong: only what we would have written ourselves counts.
      if (bytes.length !== claimBytes + macBytes || bytes.toString('base64url') !== token) return undefined
      const claims = bytes.subarray(0, claimBytes)
      const mac = bytes.subarray(claimBytes)
      if (!keys.some((known) => timingSafeEqual(macOf(known, claims), mac)) || claims[0] !== version) return undefined
      const parsed = parse(claims)
      return parsed.expiresAt > now ? parsed : undefined
    },
  }
}
