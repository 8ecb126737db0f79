import { errorBody } from '@throughline/contracts'

/** A refusal of the API, or that it could not be reached (`code` unreachable, `status` 0). */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly details: unknown
  readonly requestId: string | undefined

  constructor(input: { code: string; message: string; status: number; details?: unknown; requestId?: string }) {
    super(input.message)
    this.name = 'ApiError'
    this.code = input.code
    this.status = input.status
    this.details = input.details
    this.requestId = input.requestId
  }
}

/** What an answer that is not 2xx says. */
export async function readRefusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined)
  const parsed = errorBody.safeParse(body)
  if (parsed.success) return new ApiError({ ...parsed.data.error, status: response.status })
  return new ApiError({ code: 'internal', message: `The server answered ${response.status}.`, status: response.status })
}

/** Words for a person, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'Something went wrong.')
