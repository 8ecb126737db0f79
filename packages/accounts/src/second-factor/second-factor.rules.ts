import { randomInt } from 'node:crypto'
import { verify } from 'otplib'

export const issuer = 'Throughline'
const periodSeconds = 30
const recoveryCodeCount = 10
/** No 0, O, 1, I or L: people copy these from paper. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const groupLength = 5

const group = (): string => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('')

/** Ten codes of some 49 bits each. */
export const newRecoveryCodes = (): string[] => Array.from({ length: recoveryCodeCount }, () => `${group()}-${group()}`)

/** As it was printed, however it was typed. */
export const normalRecoveryCode = (typed: string): string => {
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return `${plain.slice(0, groupLength)}-${plain.slice(groupLength)}`
}

/**
 * The time step that a code belongs to: the present one, or a neighbour for clocks that differ by half a minute.
 * @returns undefined when it is wrong, or not later than `lastStep`
 */
export async function stepOf(
  code: string,
  { secret, lastStep, at }: { secret: string; lastStep: string | null; at: Date },
): Promise<number | undefined> {
  if (!/^\d{6}$/.test(code)) return undefined
  const epoch = Math.floor(at.getTime() / 1000)
  const result = await verify({ secret, token: code, epoch, epochTolerance: periodSeconds })
  if (!result.valid) return undefined
  const step = Math.floor(epoch / periodSeconds) + result.delta
  return lastStep !== null && step <= Number(lastStep) ? undefined : step
}
