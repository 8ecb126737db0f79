import { AppError, type ErrorIssue } from '@throughline/contracts'

/** A 400 that names the fields. */
export const invalid = (...issues: ErrorIssue[]): AppError => new AppError('validation_failed', { details: { issues } })
