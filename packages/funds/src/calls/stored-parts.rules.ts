// The parts of a line by component, with their proofs, as tables and screens have them.
import { allocationProof } from '@throughline/contracts'
import * as z from 'zod'

/** With the weight, from which a carry can be worked out again. */
const storedPart = allocationProof.extend({ weight: z.string() })
export const storedParts = z.array(storedPart)
export type StoredPart = z.infer<typeof storedPart>
