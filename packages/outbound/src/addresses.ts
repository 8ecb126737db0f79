// Which addresses are the open internet. A list of what is allowed: what nobody thought of is refused.
import ipaddr from 'ipaddr.js'

/** The only part of IPv6 that is handed out to the internet. Outside of it `::7f00:1` is loopback on some systems. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Public by number and yet inside a cloud: Azure's host answers here with a machine's own secrets. */
const metadataAddresses = new Set(['168.63.129.16'])

/**
 * Whether an address, as the resolver or a URL writes it, is on the open internet. IPv6 that carries IPv4 in it (mapped,
 * NAT64, 6to4, Teredo) is refused whatever it carries: who needs it can name the IPv4 address.
 */
export function isPublicAddress(address: string): boolean {
  // A zone names an interface of this machine.
  if (address.includes('%') || !ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv6 ? parsed.match(globalUnicast) : !metadataAddresses.has(parsed.toString())
}
