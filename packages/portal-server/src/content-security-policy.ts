// What a page may load and run (docs/adr/0010). Scripts and style elements need the nonce of their own request.
import { randomBytes } from 'node:crypto'

const nonceBytes = 16

/** 128 random bits in base64: nobody guesses it, and no request has it again. */
export const createNonce = (): string => randomBytes(nonceBytes).toString('base64')

/** A name or an address with a port. The rest of the header's letters could end a directive and begin another. */
const plainHost = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/** Not every browser takes `'self'` to mean the sockets of the page's own host too. */
const socketsOf = (host: string | undefined): string[] =>
  host !== undefined && plainHost.test(host) ? [`ws://${host}`, `wss://${host}`] : []

export interface PolicyInput {
  nonce: string
  /** The request's own Host header. */
  host: string | undefined
  /** Sources are served and reloaded: `next dev` evaluates them, and puts styles into the page without a nonce. */
  dev: boolean
}

/**
 * The value of `content-security-policy` for one page. No `'strict-dynamic'`: it would let a script run that another
 * script has put into the page as text. Parts of the page that load later come from our own origin.
 */
export function contentSecurityPolicy({ nonce, host, dev }: PolicyInput): string {
  const nonceSource = `'nonce-${nonce}'`
  const directives = {
    'default-src': ["'self'"],
    'script-src': ["'self'", nonceSource, ...(dev ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", dev ? "'unsafe-inline'" : nonceSource],
    // React writes style attributes into its pages; they can neither select nor load anything.
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...socketsOf(host)],
    'object-src': ["'none'"],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
  }
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}
