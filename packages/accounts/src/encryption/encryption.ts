// What must be stored and read again (a second factor's secret, bank details): AES-256-GCM under the installation's key.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { Config } from '@throughline/config'

export interface Encryption {
  /** @param about what it is and whose, e.g. `second_factor:<user id>`; it cannot be read as anything else */
  seal(text: string, about: string): string
  /** @throws Error when it was altered, is about something else, or its key is not known any more */
  open(sealed: string, about: string): string
  /**
   * What tells equal texts from different ones and, without the key, nothing else: a plain hash of a short text is found
   * by trying. @returns hex; the first under the present key, then under the one before it
   */
  fingerprints(text: string): readonly [string, ...string[]]
}

const nonceBytes = 12
const tagBytes = 16
const keyIdOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8)
const keyFor = (use: string) => (key: string) => Buffer.from(hkdfSync('sha256', key, '', `throughline/${use}`, 32))
const cipherKeyOf = keyFor('encryption')
const fingerprintKeyOf = keyFor('fingerprint')

export function createEncryption({ key, previousKey }: Config['encryption']): Encryption {
  const keys = new Map(
    [key, previousKey].flatMap((each) => (each ? [[keyIdOf(each), cipherKeyOf(each)] as const] : [])),
  )
  const present = cipherKeyOf(key)
  // Derived once, and imported once: every change that anybody makes is fingerprinted (12 µs under a Buffer, 2 under this).
  const presentPrint = createSecretKey(fingerprintKeyOf(key))
  const previousPrint = previousKey === undefined ? undefined : createSecretKey(fingerprintKeyOf(previousKey))
  const fingerprint = (under: KeyObject, text: string) => createHmac('sha256', under).update(text).digest('hex')
  return {
    fingerprints: (text) => [
      fingerprint(presentPrint, text),
      ...(previousPrint ? [fingerprint(previousPrint, text)] : []),
    ],
    seal(text, about) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', present, nonce).setAAD(Buffer.from(about))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `v1.${keyIdOf(key)}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
    },
    open(sealed, about) {
      const [version, keyId, content] = sealed.split('.')
      const cipherKey = version === 'v1' && keyId ? keys.get(keyId) : undefined
      if (!cipherKey || !content) throw new Error('sealed with a key that is not known')
      const bytes = Buffer.from(content, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(0, nonceBytes))
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
    },
  }
}
