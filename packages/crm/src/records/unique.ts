import type { AppError } from '@throughline/contracts'

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

/** Two people wrote the same domain or e-mail at once: the second gets `refusal` and not an error of the database. */
export async function unlessTaken<T>(work: Promise<T>, refusal: () => AppError): Promise<T> {
  try {
    return await work
  } catch (error) {
    // As Postgres says it, and as Prisma does.
    throw codeOf(error) === '23505' || codeOf(error) === 'P2002' ? refusal() : error
  }
}
