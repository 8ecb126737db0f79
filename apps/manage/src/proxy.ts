import { gate } from '@throughline/portal-server/gate'
import type { NextRequest } from 'next/server'

/** Set by the process that serves this portal; Next's own environment, not ours. */
const apiUrl = process.env.API_URL ?? 'http://127.0.0.1:3003'

export const proxy = (request: NextRequest) => gate(request, { portal: 'manage', apiUrl })

export const config = { matcher: ['/((?!api|login|_next|icon.svg|favicon.ico|healthz).*)'] }
