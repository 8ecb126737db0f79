import type { LeadSourceList, RecordKind, TagList } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { ownDealsOnly } from '../visibility.ts'
import { findLeadSources, findTags } from './used-words.repo.ts'

/** Tags that records carry, most used first, counted over the 10,000 newest that may be seen. At most 200. */
export const listTags = async (ctx: Ctx, kind: RecordKind): Promise<TagList> => ({
  data: await findTags(ctx.db, kind, await ownDealsOnly(ctx)),
})

/** Lead sources that deals have, counted likewise. */
export const listLeadSources = async (ctx: Ctx): Promise<LeadSourceList> => ({
  data: await findLeadSources(ctx.db, await ownDealsOnly(ctx)),
})
