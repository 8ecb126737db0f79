// What every page is sent with, and what Next is told about the request.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { contentSecurityPolicy, createNonce } from './content-security-policy.ts'

/** Only names that browsers know: each unknown one would be a warning in their console. */
const unusedFeatures = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': unusedFeatures.map((feature) => `${feature}=()`).join(', '),
}
/** One year: from then on a browser does not even try without TLS. */
const overTlsOnly = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

export interface PageHeaderOptions {
  /** Real users come over TLS; the demo and the tests speak plain HTTP. */
  production: boolean
  /** Sources are served and reloaded. */
  dev: boolean
}

/**
 * Gives the answer its headers and a policy with a nonce of its own. Next reads the nonce from the policy on the
 * request, the root layout from `x-nonce`: whatever the browser has sent under these names is gone.
 */
export function setPageHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  { production, dev }: PageHeaderOptions,
): void {
  const nonce = createNonce()
  const policy = contentSecurityPolicy({ nonce, host: request.headers.host, dev })
  delete request.headers['content-security-policy-report-only']
  request.headers['content-security-policy'] = policy
  request.headers['x-nonce'] = nonce
  const headers = { 'content-security-policy': policy, ...always, ...(production ? overTlsOnly : {}) }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}
