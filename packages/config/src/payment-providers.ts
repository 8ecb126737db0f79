// Who may tell us of payments, and how they sign. A secret becomes a key here: printed or logged, a key shows nothing.
import { createSecretKey, type KeyObject } from 'node:crypto'
import * as z from 'zod'

/** A payment gateway that may call `/pg/v1/{name}`. The first key is the present one, the second the one before it. */
export type PaymentProvider =
  | { scheme: 'standard'; keys: readonly KeyObject[] }
  | { scheme: 'timestamped'; keys: readonly KeyObject[]; header: string }

/** Bounds of the Standard Webhooks specification. */
const minBytes = 24
const maxBytes = 64
/** Random bytes of the shortest length have fewer different ones less than once in ten thousand tries, also in hex. */
const minDistinct = 8

function weaknessOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < minBytes || bytes.length > maxBytes) return `must have ${minBytes} to ${maxBytes} bytes`
  return new Set(bytes).size < minDistinct ? 'is not random enough' : undefined
}

/** @param bytesOf nothing when the text does not have the form. No message repeats what was given. */
const keys = (form: string, bytesOf: (text: string) => Buffer | undefined) => {
  const key = z.string({ error: form }).transform((text, context): KeyObject => {
    const bytes = bytesOf(text)
    const problem = bytes ? weaknessOf(bytes) : form
    if (bytes && !problem) return createSecretKey(bytes)
    context.addIssue({ code: 'custom', message: problem ?? form })
    return z.NEVER
  })
  const one = 'must be a list of one secret, or of the present and the previous one'
  return z.array(key, { error: one }).refine(({ length }) => length === 1 || length === 2, { error: one })
}

const standardForm = 'must be whsec_ and base64'
const standardKeys = keys(standardForm, (text) => {
  const encoded = text.match(/^whsec_(.+)$/)?.[1]
  if (!encoded) return undefined
  const bytes = Buffer.from(encoded, 'base64')
  return bytes.toString('base64') === encoded ? bytes : undefined
})
/** Signed with the text as it is, its prefix included. */
const timestampedKeys = keys('must be text without spaces', (text) =>
  /^[\x21-\x7e]+$/.test(text) ? Buffer.from(text) : undefined,
)

const nothingElse = { error: 'has fields that are not known' }
const provider = z
  .discriminatedUnion(
    'scheme',
    [
      z.strictObject({ scheme: z.literal('standard'), secrets: standardKeys }, nothingElse),
      z.strictObject(
        {
          scheme: z.literal('timestamped'),
          secrets: timestampedKeys,
          header: z
            .string()
            .regex(/^[a-z][a-z0-9-]{0,63}$/, { error: 'must be a header in lower case' })
            .default('gateway-signature'),
        },
        nothingElse,
      ),
    ],
    { error: 'needs a scheme, standard or timestamped, and secrets' },
  )
  .transform(({ secrets, ...rest }): PaymentProvider => ({ ...rest, keys: secrets }))

const isName = (name: string): boolean => /^[a-z][a-z0-9-]{0,39}$/.test(name)

/**
 * JSON: `{"acmepay":{"scheme":"standard","secrets":["whsec_…"]}}`. `standard` is Standard Webhooks; `timestamped` is
 * `t=…,v1=…` in a header of the gateway's own name. Empty means that nobody may call.
 */
export const paymentProviders = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text.trim() || '{}')
    } catch {
      // What JSON.parse says of it quotes the text, and secrets are in it.
      context.addIssue({ code: 'custom', message: 'is not JSON' })
      return z.NEVER
    }
  })
  .pipe(
    z
      .record(z.string(), z.unknown(), { error: 'must be an object of providers by name' })
      // Before anything else: the path of a later problem has the name in it.
      .refine((providers) => Object.keys(providers).every(isName), {
        error: 'has a provider whose name is not lower-case letters, digits and -',
      }),
  )
  .pipe(z.record(z.string(), provider))
  .transform((providers): ReadonlyMap<string, PaymentProvider> => new Map(Object.entries(providers)))
