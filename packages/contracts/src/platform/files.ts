import * as z from 'zod'
import { instant } from '../common.ts'

/** A way to one file for whoever holds it, for a few minutes. */
export const fileLink = z
  .object({
    /** From the root of the API. */
    url: z.string(),
    expiresAt: instant,
  })
  .meta({ id: 'FileLink' })
export type FileLink = z.infer<typeof fileLink>
