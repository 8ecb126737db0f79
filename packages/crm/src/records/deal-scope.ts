import type { Ctx } from '@throughline/db'
import type { DealScope } from '../deals/index.ts'
import { ownDealsOnly } from '../visibility.ts'

/** The deals that the caller may see where a company or a contact is looked at. */
export const dealScope = async (ctx: Ctx): Promise<DealScope> => ({
  tenantId: ctx.tenantId,
  onlyOwnerId: await ownDealsOnly(ctx),
})
