import { AppError } from '@throughline/contracts'
import { dictionary } from '@zxcvbn-ts/language-common'

/** Some 49,000 of the passwords that are tried first. Compared in lower case. */
const common = new Set(dictionary['passwords-common'])

/**
 * Refuses what would be guessed at once: a common password, or one's own name or address. No rules of composition.
 * @throws AppError password_refused
 */
export function checkPassword(password: string, { email, name }: { email: string; name?: string }): void {
  const refuse = (message: string) => {
    throw new AppError('password_refused', { message, details: { issues: [{ path: 'body.password', message }] } })
  }
  const plain = password.normalize('NFKC').toLowerCase()
  if (common.has(plain)) refuse('This password is on every list of common passwords.')
  if (new Set(plain).size < 3) refuse('This password repeats the same few characters.')
  const parts = [email, email.split('@')[0], name].filter((part) => part !== undefined && part.length > 3)
  if (parts.some((part) => part?.toLowerCase() === plain)) refuse('A password must not be your own name or address.')
}
