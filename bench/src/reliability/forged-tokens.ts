// Tokens that look like ours and are not.
import { createHmac, randomBytes } from 'node:crypto'
import * as z from 'zod'

const claims = z.record(z.string(), z.unknown())
const decode = (part: string | undefined): Record<string, unknown> =>
  claims.parse(JSON.parse(Buffer.from(part ?? '', 'base64url').toString()))
const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

function sign(header: object, payload: object, secret: string): string {
  const content = `${encode(header)}.${encode(payload)}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

/**
 * @param token a good one, of the attacker's own firm
 * @param secret the server's: only an expired token is made with it
 * @param tenantId of somebody else
 */
export function forge(token: string, secret: string, tenantId: string): Record<string, string | undefined> {
  const [head, body, signature] = token.split('.')
  const [header, payload] = [decode(head), decode(body)]
  const now = Math.floor(Date.now() / 1000)
  return {
    none: undefined,
    empty: '',
    nonsense: 'nonsense',
    'changed tenant': `${head}.${encode({ ...payload, tenantId })}.${signature}`,
    'other secret': sign(header, { ...payload, tenantId }, randomBytes(48).toString('base64url')),
    'no signature': `${encode({ ...header, alg: 'none' })}.${encode({ ...payload, tenantId })}.`,
    expired: sign(header, { ...payload, iat: now - 7200, exp: now - 3600 }, secret),
    'other kind': sign(header, { ...payload, type: 'refresh' }, secret),
  }
}
