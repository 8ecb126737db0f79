// Who may see a page. Pages hold no data; they are only spared the detour when somebody is plainly not signed in.
import { type NextRequest, NextResponse } from 'next/server'
import { portalHeader } from './headers.ts'

export interface GateOptions {
  portal: 'dashboard' | 'dm' | 'manage'
  apiUrl: string
}

export type GateVerdict = { kind: 'pass'; cookies?: string[] } | { kind: 'login' }

export interface GateInput {
  hasAccess: boolean
  hasRefresh: boolean
  /** Exchanges the refresh token. @throws when the API does not answer */
  refresh(): Promise<{ status: number; cookies: string[] }>
}

/**
 * Lets through who has a session or can renew it. Only a clear no (401, 403) sends somebody to sign in: a reviewer in
 * the middle of a text is not thrown out because the API is being restarted.
 */
export async function judge({ hasAccess, hasRefresh, refresh }: GateInput): Promise<GateVerdict> {
  if (hasAccess) return { kind: 'pass' }
  if (!hasRefresh) return { kind: 'login' }
  try {
    const { status, cookies } = await refresh()
    if (status === 401 || status === 403) return { kind: 'login' }
    return { kind: 'pass', cookies }
  } catch {
    // No answer is no refusal; the page itself will say that the API is away.
    return { kind: 'pass' }
  }
}

const refreshTimeoutMs = 5_000

async function renew(request: NextRequest, { portal, apiUrl }: GateOptions) {
  const response = await fetch(`${apiUrl}/auth/v1/refresh`, {
    method: 'POST',
    headers: {
      cookie: request.headers.get('cookie') ?? '',
      [portalHeader]: portal,
      // Everybody behind this portal would share one limit otherwise.
      'x-forwarded-for': request.headers.get('x-forwarded-for') ?? '',
    },
    signal: AbortSignal.timeout(refreshTimeoutMs),
  })
  return { status: response.status, cookies: response.headers.getSetCookie() }
}

/** For whoever has no session yet: the ways in, and what a mailed link leads to. */
const openPages: ReadonlySet<string> = new Set([
  '/login',
  '/register',
  '/forgot-password',
  '/reset-password',
  '/verify-email',
  '/accept-invitation',
  '/impersonate',
  '/i',
])

/** Over HTTPS the API names its cookies with the prefix that binds them to this host. */
const hasCookie = (request: NextRequest, name: string): boolean =>
  request.cookies.has(`__Host-${name}`) || request.cookies.has(name)

/** Next's `proxy` for a portal. */
export async function gate(request: NextRequest, options: GateOptions): Promise<NextResponse> {
  if (openPages.has(request.nextUrl.pathname)) return NextResponse.next()
  const verdict = await judge({
    hasAccess: hasCookie(request, `tl_${options.portal}_access`),
    hasRefresh: hasCookie(request, `tl_${options.portal}_refresh`),
    refresh: () => renew(request, options),
  })
  if (verdict.kind === 'login') {
    // A relative address: behind a proxy the server does not know its own.
    const next = `${request.nextUrl.pathname}${request.nextUrl.search}`
    const login = request.nextUrl.clone()
    login.pathname = '/login'
    login.search = next === '/' ? '' : `?next=${encodeURIComponent(next)}`
    return NextResponse.redirect(login)
  }
  const response = NextResponse.next()
  for (const cookie of verdict.cookies ?? []) response.headers.append('set-cookie', cookie)
  return response
}
