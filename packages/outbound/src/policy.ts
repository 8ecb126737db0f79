import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { AppError } from '@throughline/contracts'
import { isPublicAddress } from './addresses.ts'

export interface OutboundPolicy {
  /** Plain `http:` as well. False in production: nobody between here and there may read or change a request. */
  allowHttp: boolean
  /** Ports beside 80 and 443. */
  ports?: readonly number[]
  /** Addresses that are let through though they are not public: listeners of a test. */
  allowAddresses?: readonly string[]
  /** Every address of a name. The system's resolver unless a test has its own. */
  lookup?: (hostname: string) => Promise<LookupAddress[]>
}

const usualPorts: readonly number[] = [80, 443]
const maxUrlLength = 2048

/** One message for every address that is refused: it must not become a way to map a network from outside. */
const refused = (message?: string): AppError => new AppError('address_refused', { message })

/** The host of a URL as resolvers and sockets know it: IPv6 without its brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

/** @throws AppError address_refused unless the address is public or was let through by name */
export function assertAllowed(address: string, { allowAddresses = [] }: OutboundPolicy): void {
  if (!isPublicAddress(address) && !allowAddresses.includes(address)) throw refused()
}

/**
 * The URL that may be called as far as it can be seen from the URL alone. `URL` has made decimal, octal, hexadecimal and
 * short forms of IPv4 into the usual one by then.
 * @throws AppError address_refused
 */
export function checkedUrl(text: string, policy: OutboundPolicy): URL {
  const url = text.length <= maxUrlLength ? URL.parse(text) : null
  if (!url) throw refused('This is not a URL that can be called.')
  const schemes = policy.allowHttp ? ['https:', 'http:'] : ['https:']
  if (!schemes.includes(url.protocol))
    throw refused(`Only ${policy.allowHttp ? 'https and http' : 'https'} addresses can be called.`)
  if (url.username !== '' || url.password !== '') throw refused('An address must not carry a user name or password.')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  if (![...usualPorts, ...(policy.ports ?? [])].includes(port)) throw refused(`Port ${port} cannot be called.`)
  const host = hostOf(url)
  if (isIP(host) !== 0) assertAllowed(host, policy)
  return url
}
