// Who works in the mixed load: people of all firms, each with deals of their firm to work on.
import { dealPage } from '@throughline/contracts'
import { type Filled, password } from '../fill.ts'
import type { Server } from '../processes.ts'
import { signIn } from '../sign-in.ts'

export interface Person {
  /** Of their firm, which the hand-written servers are told and ours finds out by the token. */
  tenantId: string
  token: string
  /** Open deals of their firm. */
  dealIds: readonly string[]
}

/** So many deals of a firm are worked on: ten pages of its newest open ones. */
const pages = 10

async function openDeals(api: Server, token: string): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | null = ''
  for (let page = 0; page < pages && cursor !== null; page++) {
    const after: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const response = await fetch(`${api.url}/tenant/v1/deals?limit=100&stage=LEAD&stage=QUALIFIED${after}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const { data, page: place } = dealPage.parse(await response.json())
    ids.push(...data.map(({ id }) => id))
    cursor = place.nextCursor
  }
  return ids
}

/** Signs people of all firms in, the firms in turn. */
export async function enter(api: Server, { firms, tenantIds }: Filled, count: number): Promise<Person[]> {
  const deals = new Map<string, readonly string[]>()
  const people: Person[] = []
  for (let each = 0; each < count; each++) {
    const firm = `firm-${1 + (each % firms)}`
    const tenantId = tenantIds[firm]
    if (!tenantId) throw new Error(`${firm} is missing`)
    const email = `m${1 + (Math.floor(each / firms) % 20)}@${firm}.test`
    const token = await signIn(api, { email, password })
    const dealIds = deals.get(firm) ?? (await openDeals(api, token))
    deals.set(firm, dealIds)
    people.push({ tenantId, token, dealIds })
  }
  return people
}
