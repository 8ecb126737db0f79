/** Where to go after signing in: a path of this site, never another site. */
export function safeNextPath(next: string | null | undefined, fallback: string): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return fallback
  try {
    const url = new URL(next, 'https://here.invalid')
    return url.host === 'here.invalid' ? `${url.pathname}${url.search}` : fallback
  } catch {
    // Not an address at all.
    return fallback
  }
}
