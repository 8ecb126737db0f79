// Search over the records of all desks that are in the index. What may not be seen is left out before anything is ranked.
import type { Permission, SearchHit, SearchKind, SearchMatch, SearchPage, SearchQuery } from '@throughline/contracts'
import { searchKinds } from '@throughline/contracts'
import { type Ctx, decodeCursor, encodeCursor } from '@throughline/db'
import * as z from 'zod'
import { ownDealsOnly } from '../visibility.ts'
import { findHits, type Hit, matchOf, type Question } from './found.repo.ts'
import { piecesOf, snippetOf } from './highlight.rules.ts'
import { wordingOf } from './phrases.rules.ts'
import { findRecent, readShown, type ShownRow } from './shown.repo.ts'
import { termsInstead } from './spelling.repo.ts'

/** What has to be allowed for a kind to be found. A note stands on any of the three. */
const needed: Readonly<Record<SearchKind, readonly Permission[]>> = {
  deal: ['deal:read'],
  company: ['company:read'],
  contact: ['contact:read'],
  note: ['deal:read', 'company:read', 'contact:read'],
  activity: ['activity:read'],
  fund: ['fund:read'],
  investor: ['fund:read'],
}

const kindsFor = ({ permissions }: Ctx, asked: readonly SearchKind[] | undefined): SearchKind[] =>
  searchKinds.filter(
    (kind) =>
      (!asked || asked.length === 0 || asked.includes(kind)) &&
      needed[kind].every((permission) => permissions.has(permission)),
  )

const searchCursor = z.tuple([z.number().int().min(0).max(9), z.uuid()])

const nothing = (limit: number): SearchPage => ({ data: [], page: { nextCursor: null, limit }, instead: [] })

function view(row: ShownRow, match: SearchMatch, terms: readonly string[]): SearchHit {
  const { kind, id, stage, value, currency, parentKind, parentId, parentTitle } = row
  const title = piecesOf(row.title, terms)
  const subtitle = piecesOf(row.subtitle, terms)
  return {
    kind,
    id,
    match,
    title,
    subtitle,
    snippet: row.body !== null && row.body !== row.title ? snippetOf(row.body, terms) : null,
    deal: stage !== null && value !== null && currency !== null ? { stage, value, currency } : null,
    parent:
      parentKind !== null && parentId !== null && parentTitle !== null
        ? { kind: parentKind, id: parentId, title: parentTitle }
        : null,
  }
}

type Found = Pick<Hit, 'kind' | 'id'> & { match: SearchMatch; terms: readonly string[] }

/** The records behind what was found, in its order. */
async function show(ctx: Ctx, found: readonly Found[]): Promise<SearchHit[]> {
  if (found.length === 0) return []
  const rows = new Map((await readShown(ctx.db, found)).map((row) => [`${row.kind} ${row.id}`, row]))
  return found.flatMap(({ kind, id, match, terms }) => {
    const row = rows.get(`${kind} ${id}`)
    return row ? [view(row, match, terms)] : []
  })
}

const asFound = ({ kind, id, score, terms }: Hit): Found => ({ kind, id, match: matchOf(score), terms })

/** What was changed last: what somebody who has not typed anything most likely wants. */
async function recent(ctx: Ctx, question: Question, { each, limit }: SearchQuery): Promise<SearchPage> {
  const { kinds, onlyOwnerId } = question
  const found = await findRecent(ctx.db, { kinds, onlyOwnerId, limit, each })
  const data = await show(
    ctx,
    found.map((hit) => ({ ...hit, match: 'recent', terms: [] })),
  )
  return { ...nothing(limit), data }
}

/** The same question with words that exist in place of misspelled ones. */
async function alike(ctx: Ctx, question: Question, { each, limit }: SearchQuery) {
  const instead = await termsInstead(ctx.db, question.q, question.kinds)
  if (!instead) return { found: [], instead: [] }
  const hits = await findHits(ctx.db, { ...question, terms: instead.terms }, { each, limit })
  const found = hits.map((hit): Found => ({ ...asFound(hit), match: 'alike' }))
  return { found, instead: found.length > 0 ? instead.words : [] }
}

/**
 * Finds deals, companies, contacts, notes and content by any word of theirs or its beginning, an e-mail, a domain; deals
 * also by their company and people. Of words that are everywhere it looks at the newest records only, so it takes the same time
 * in a firm of any size. What stands in quotation marks has to stand so, word for word. Nothing typed: what was changed last.
 * @throws AppError validation_failed for a cursor that is not of this search
 */
export async function search(ctx: Ctx, query: SearchQuery): Promise<SearchPage> {
  const { limit, each, cursor } = query
  const { words: q, phrases } = wordingOf(query.q)
  const kinds = kindsFor(ctx, query.kinds)
  const [score, id] = cursor === undefined ? [] : decodeCursor(cursor, searchCursor)
  const after = score !== undefined && id !== undefined ? { score, id } : undefined
  if (kinds.length === 0) return nothing(limit)
  const question: Question = { q, phrases, kinds, onlyOwnerId: await ownDealsOnly(ctx), terms: null }
  if (query.q === '') return recent(ctx, question, query)
  const hits = await findHits(ctx.db, question, { limit: limit + 1, each, after })
  const shown = hits.slice(0, limit)
  const last = shown.at(-1)
  const more = each === undefined && hits.length > limit && last !== undefined
  const other =
    after === undefined && hits.length === 0 && phrases.length === 0 ? await alike(ctx, question, query) : undefined
  return {
    data: await show(ctx, [...shown.map(asFound), ...(other?.found ?? [])]),
    page: { limit, nextCursor: more ? encodeCursor([last.score, last.id]) : null },
    instead: other?.instead ?? [],
  }
}
