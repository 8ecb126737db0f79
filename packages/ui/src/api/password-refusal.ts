import { isRefusal, issueAt } from './api-error.ts'

/** What the API says against a new password, to be shown at its field. */
export const passwordRefusal = (error: unknown, field = 'password'): string | undefined =>
  isRefusal(error, 'password_refused') ? error.message : issueAt(error, field)
