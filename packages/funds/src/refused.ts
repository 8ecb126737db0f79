import { AppError } from '@throughline/contracts'

/** A figure that cannot be worked with, in words for the person who gave it; 422. */
export const refused = (message: string, details?: unknown): AppError =>
  new AppError('unprocessable', { message, details })
