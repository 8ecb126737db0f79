import { AppError, type RecoveryCodes, type SecondFactorSetup, type SecondFactorStatus } from '@throughline/contracts'
import type { Db } from '@throughline/db'
import { generateSecret, generateURI } from 'otplib'
import type { Encryption } from '../encryption/index.ts'
import {
  type FactorRow,
  hasConfirmedFactor,
  lockFactor,
  readFactorStatus,
  removeFactor,
  replaceRecoveryCodes,
  storeStep,
  storeUnconfirmed,
  useRecoveryCode,
} from './second-factor.repo.ts'
import { issuer, newRecoveryCodes, normalRecoveryCode, stepOf } from './second-factor.rules.ts'

export interface FactorTools {
  db: Db
  encryption: Encryption
  now: () => Date
}

const about = (userId: string): string => `second_factor:${userId}`

export const secondFactorStatus = (db: Db, userId: string): Promise<SecondFactorStatus> => readFactorStatus(db, userId)
export { hasConfirmedFactor }

/** Makes a secret that counts once a code of it was right. @throws AppError conflict when a factor is in use */
export async function beginSecondFactor(
  { db, encryption }: FactorTools,
  user: { id: string; email: string },
): Promise<SecondFactorSetup> {
  const secret = generateSecret()
  if (!(await storeUnconfirmed(db, user.id, encryption.seal(secret, about(user.id)))))
    throw new AppError('conflict', { message: 'A second factor is in use already. Turn it off first.' })
  return { secret, uri: generateURI({ issuer, label: user.email, secret }) }
}

async function takeCode({ encryption, now, db }: FactorTools, userId: string, factor: FactorRow, code: string) {
  const secret = encryption.open(factor.secret, about(userId))
  const step = await stepOf(code, { secret, lastStep: factor.lastStep, at: now() })
  if (step === undefined) return false
  await storeStep(db, userId, step)
  return true
}

/**
 * Turns the factor on with its first code.
 * @returns recovery codes, told once
 * @throws AppError second_factor_wrong; conflict when none was begun or it is on already
 */
export const confirmSecondFactor = (tools: FactorTools, userId: string, code: string): Promise<RecoveryCodes> =>
  tools.db.transaction(async () => {
    const factor = await lockFactor(tools.db, userId)
    if (!factor || factor.confirmed)
      throw new AppError('conflict', { message: 'Begin to set up a second factor first.' })
    if (!(await takeCode(tools, userId, factor, code))) throw new AppError('second_factor_wrong')
    return renewRecoveryCodes(tools.db, userId)
  })

/** The earlier codes open nothing any more. */
export async function renewRecoveryCodes(db: Db, userId: string): Promise<RecoveryCodes> {
  const recoveryCodes = newRecoveryCodes()
  await replaceRecoveryCodes(db, userId, recoveryCodes)
  return { recoveryCodes }
}

/**
 * Uses up a code of the authenticator, or a recovery code. Each is right once.
 * @throws AppError second_factor_wrong
 */
export const proveSecondFactor = (
  tools: FactorTools,
  userId: string,
  code: string,
): Promise<'authenticator' | 'recovery'> =>
  tools.db.transaction(async () => {
    const factor = await lockFactor(tools.db, userId)
    if (!factor?.confirmed) throw new AppError('second_factor_wrong')
    if (await takeCode(tools, userId, factor, code.replaceAll(' ', ''))) return 'authenticator'
    if (await useRecoveryCode(tools.db, userId, normalRecoveryCode(code))) return 'recovery'
    throw new AppError('second_factor_wrong')
  })

/** Turns the factor off, with its recovery codes. */
export const dropSecondFactor = (db: Db, userId: string): Promise<void> => removeFactor(db, userId)
