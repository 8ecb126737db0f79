const namespaces = ['auth', 'tenant', 'dm', 'admin', 'media', 'pg']
const unversioned = new RegExp(`^/(${namespaces.join('|')})/(?!v\\d+(?:[/?]|$))`)

/**
 * The portals reach the API under `/api`, and old clients leave the version out:
 * `/api/tenant/deals` is `/tenant/v1/deals`.
 */
export function canonicalUrl(url: string): string {
  const bare = url.startsWith('/api/') ? url.slice('/api'.length) : url
  return bare.replace(unversioned, '/$1/v1/')
}
