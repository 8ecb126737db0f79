/** The one catalogue of errors: code -> HTTP status and a message that tells a person what to do next. */
export const errorCatalogue = {
  bad_request: { status: 400, message: 'The request could not be understood.' },
  validation_failed: { status: 400, message: 'Some fields are not valid. See details for each of them.' },
  unauthenticated: { status: 401, message: 'Sign in first.' },
  invalid_credentials: { status: 401, message: 'E-mail or password is not right.' },
  second_factor_required: { status: 401, message: 'Enter the code of your authenticator app.' },
  second_factor_wrong: { status: 401, message: 'This code is not right, or it was used already.' },
  session_expired: { status: 401, message: 'The session has ended. Sign in again.' },
  forbidden: { status: 403, message: 'Your role does not allow this.' },
  email_not_verified: { status: 403, message: 'Confirm your e-mail address first. We have sent you a new link.' },
  second_factor_enrolment_required: { status: 403, message: 'Your firm asks for a second factor. Set it up first.' },
  impersonation_refused: { status: 403, message: 'This is not possible while you act as somebody else.' },
  origin_refused: { status: 403, message: 'Requests from this origin are not accepted.' },
  not_found: { status: 404, message: 'Not found.' },
  method_not_allowed: { status: 405, message: 'This address does not take that method. See the Allow header.' },
  request_timeout: { status: 408, message: 'The request did not arrive in time. Try again.' },
  conflict: { status: 409, message: 'This does not fit the present state. Reload and try again.' },
  illegal_transition: { status: 409, message: 'This step is not possible in the present state.' },
  lease_lost: { status: 409, message: 'The claim on this item has ended. Claim it again.' },
  request_in_progress: { status: 409, message: 'The same request is still running. Try again in a moment.' },
  link_used_or_expired: { status: 410, message: 'This link was used or has expired. Ask for a new one.' },
  stale_version: { status: 412, message: 'Somebody changed this in the meantime. Reload and try again.' },
  payload_too_large: { status: 413, message: 'The upload is too large.' },
  unsupported_media_type: { status: 415, message: 'This content type is not accepted here.' },
  idempotency_key_reused: { status: 422, message: 'This Idempotency-Key was used for another request.' },
  password_refused: { status: 422, message: 'Choose another password.' },
  unknown_field: { status: 422, message: 'A field is not known here. See details for its name.' },
  unprocessable: { status: 422, message: 'The content could not be processed.' },
  address_refused: {
    status: 422,
    message: 'This address cannot be called from here. Give one on the public internet.',
  },
  idempotency_key_required: { status: 428, message: 'This request needs an Idempotency-Key.' },
  rate_limited: { status: 429, message: 'Too many requests. Try again later.' },
  headers_too_large: { status: 431, message: 'The headers of the request are too large.' },
  internal: { status: 500, message: 'Something went wrong on our side. The request id helps us find it.' },
  bad_gateway: { status: 502, message: 'The API cannot be reached at the moment.' },
  target_unreachable: { status: 502, message: 'The address that was called gave no proper answer.' },
  unavailable: { status: 503, message: 'The service is not ready. Try again in a moment.' },
} as const satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof errorCatalogue

export interface ErrorIssue {
  /** Where: `body.value`, `query.limit`, a line of a file. */
  path: string
  message: string
}

/** The one error that services throw; the API maps it to the wire once. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: unknown
  readonly status: number
  /** When trying again makes sense; becomes `Retry-After`. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    options: { message?: string; details?: unknown; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(options.message ?? errorCatalogue[code].message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.details = options.details
    this.retryAfterSeconds = options.retryAfterSeconds
    this.status = errorCatalogue[code].status
  }
}
