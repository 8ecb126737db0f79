// The firm that a baseline works for: it believes whoever asks.
import type { IncomingHttpHeaders } from 'node:http'

export const tenantHeader = 'x-tenant-id'

const first = process.env.BENCH_TENANT_ID ?? ''

/** @returns the firm that a request names, else the first one */
export const tenantOf = (headers: IncomingHttpHeaders): string => String(headers[tenantHeader] ?? first)
