/** The same names as in packages/db/src/provision.ts, which makes these roles; a test holds the two together. */
const defaultDatabase = 'throughline'

/** @param {string} adminUrl */
function databaseNameOf(adminUrl) {
  const name = decodeURIComponent(new URL(adminUrl).pathname.slice(1))
  return name === '' || name === 'postgres' ? defaultDatabase : name
}

/**
 * The URLs of the runtime roles on the administrator's server.
 * @param {string} adminUrl @param {import('./secrets.mjs').Secrets} secrets
 */
export function databaseUrls(adminUrl, secrets) {
  const urlFor = (/** @type {string} */ user, /** @type {string} */ password) => {
    const url = new URL(adminUrl)
    url.username = user
    url.password = encodeURIComponent(password)
    url.pathname = `/${databaseNameOf(adminUrl)}`
    return url.href
  }
  return {
    owner: urlFor('app_owner', secrets.ownerPassword),
    platform: urlFor('app_platform', secrets.platformPassword),
    tenant: urlFor('app_tenant', secrets.tenantPassword),
  }
}
