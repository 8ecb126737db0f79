import * as z from 'zod'
import { currency, dateOnly, id, instant, money } from '../common.ts'
import { fundDocumentKinds } from './documents.ts'

/** What a mailed link carries behind its `#`, so that no server or proxy logs it: 256 bits. */
export const portalToken = z.string().regex(/^[\w-]{20,100}$/, 'is no token of a link')
export const openPortal = z.strictObject({ token: portalToken }).meta({ id: 'OpenPortal' })
export const openPortalFile = z.strictObject({ token: portalToken, documentId: id }).meta({ id: 'OpenPortalFile' })

/** What an investor is shown who follows a link: nothing of anybody else. */
export const portalView = z
  .object({
    firm: z.string(),
    fund: z.object({ name: z.string(), legalName: z.string(), currency, timeZone: z.string() }),
    investor: z.object({ code: z.string(), name: z.string() }),
    /** The line of the call that the link is about. */
    call: z
      .object({
        number: z.number().int().nullable(),
        title: z.string(),
        reference: z.string(),
        due: money,
        paid: money,
        outstanding: money,
        dueDate: dateOnly,
        daysLate: z.number().int(),
        state: z.string(),
      })
      .nullable(),
    documents: z.array(
      z.object({
        id,
        kind: z.enum(fundDocumentKinds),
        name: z.string(),
        subject: z.string(),
        revision: z.number().int(),
        sizeBytes: z.number().int(),
        readyAt: instant,
        /** What the link was sent for. */
        isOwn: z.boolean(),
      }),
    ),
    /** How the account to pay to ends; the whole of it has to be asked for. */
    wireMask: z.string().nullable(),
    expiresAt: instant,
  })
  .meta({ id: 'Portal' })
export type PortalView = z.infer<typeof portalView>

/** Where to pay to, in the words of the fund. */
export const wireDetails = z
  .object({ details: z.array(z.object({ label: z.string(), value: z.string() })), reference: z.string().nullable() })
  .meta({ id: 'WireDetails' })
export type WireDetails = z.infer<typeof wireDetails>
