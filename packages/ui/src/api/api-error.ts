import { type ErrorCode, type ErrorIssue, errorBody } from '@throughline/contracts'
import * as z from 'zod'

interface ApiErrorInput {
  code: string
  message: string
  status: number
  details?: unknown
  requestId?: string
  retryAfterSeconds?: number
}

/** A refusal of the API, or that it could not be reached (`code` unreachable, `status` 0). */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly details: unknown
  readonly requestId: string | undefined
  /** How long to wait before trying again, when the API says so. */
  readonly retryAfterSeconds: number | undefined

  constructor(input: ApiErrorInput) {
    super(input.message)
    this.name = 'ApiError'
    this.code = input.code
    this.status = input.status
    this.details = input.details
    this.requestId = input.requestId
    this.retryAfterSeconds = input.retryAfterSeconds
  }
}

/** `Retry-After` in seconds; the other form, a date, is not what our API sends. */
function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}

/** What an answer that is not 2xx says. */
export async function readRefusal(response: Response): Promise<ApiError> {
  const { status } = response
  const body: unknown = await response.json().catch(() => undefined)
  const parsed = errorBody.safeParse(body)
  const said = parsed.success
    ? parsed.data.error
    : { code: 'internal', message: `The server answered ${status}.`, details: undefined, requestId: undefined }
  return new ApiError({ ...said, status, retryAfterSeconds: retryAfterOf(response) })
}

/** Whether this is the API's refusal with one of these codes. */
export const isRefusal = (error: unknown, ...codes: ErrorCode[]): error is ApiError =>
  error instanceof ApiError && codes.some((code) => code === error.code)

const issues = z.object({ issues: z.array(z.object({ path: z.string(), message: z.string() })) })

/** What the API says of one field of the body, to be shown there. */
export function issueAt(error: unknown, field: string): string | undefined {
  const parsed = issues.safeParse(error instanceof ApiError ? error.details : undefined)
  const found: ErrorIssue | undefined = parsed.data?.issues.find(({ path }) => path === `body.${field}`)
  return found?.message
}

/** Words for a person, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'Something went wrong.')
