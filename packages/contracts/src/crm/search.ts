// Search over all that a firm has: deals, companies, contacts, what was written about them, and the content it asked for.
import * as z from 'zod'
import { currency, id, listOf, money, pageOf } from '../common.ts'
import { dealStages } from './deals.ts'

export const searchKinds = ['company', 'contact', 'deal', 'fund', 'investor', 'note', 'activity'] as const
export type SearchKind = (typeof searchKinds)[number]

export const searchQuery = z.strictObject({
  /** Nothing typed: what was changed last. Words in quotation marks stand next to each other. */
  q: z.string().trim().max(200).default(''),
  kinds: listOf(z.enum(searchKinds)),
  /** At most so many of each kind: for a list in groups, which has no further pages. */
  each: z.coerce.number().int().min(1).max(20).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(500).optional(),
})
export type SearchQuery = z.infer<typeof searchQuery>

/** Text in pieces, of which some are what was looked for. Never HTML. */
export const searchPieces = z.array(z.object({ text: z.string(), hit: z.boolean() })).meta({ id: 'SearchPieces' })
export type SearchPieces = z.infer<typeof searchPieces>

/**
 * Why something was found, best first: the whole title (or e-mail, or domain), its beginning, words of the title, words
 * elsewhere in it, its company or contact, or something that is spelled alike.
 */
export const searchMatches = ['exact', 'beginning', 'title', 'words', 'related', 'alike', 'recent'] as const
export type SearchMatch = (typeof searchMatches)[number]

export const searchHit = z
  .object({
    kind: z.enum(searchKinds),
    id,
    match: z.enum(searchMatches),
    title: searchPieces,
    /** Company and contact of a deal, domain of a company, e-mail of a contact, topic of content; may be empty. */
    subtitle: searchPieces,
    /** Where notes say it. */
    snippet: searchPieces.nullable(),
    deal: z.object({ stage: z.enum(dealStages), value: money, currency }).nullable(),
    /** What a note stands on. */
    parent: z.object({ kind: z.enum(['company', 'contact', 'deal']), id, title: z.string() }).nullable(),
  })
  .meta({ id: 'SearchHit' })
export type SearchHit = z.infer<typeof searchHit>

export const searchPage = pageOf(searchHit)
  .extend({
    /** The words that were looked for in place of misspelled ones. */
    instead: z.array(z.string()),
  })
  .meta({ id: 'SearchPage' })
export type SearchPage = z.infer<typeof searchPage>
