// Firms whose every row carries their mark, so that a row of somebody else is known at sight.
import { randomUUID } from 'node:crypto'
import { type Database, sql, type TenantDb } from '@throughline/db'
import type { TestWorld } from '@throughline/testing'

export interface Firm {
  id: string
  db: TenantDb
  /** In front of the name of everything that it writes. */
  mark: string
  /** A row of its own that stays. */
  own: string
  /** Names of rows that it was told are written. */
  acknowledged: Set<string>
  /** Names of rows that were asked for; whether they are there nobody knows: the connection broke before the answer. */
  unknown: Set<string>
}

/** Something of another firm was seen, or done to it. */
export class Leak extends Error {
  override name = 'Leak'
}

export const newName = ({ mark }: Firm, kind = ''): string => `${mark} ${kind}${randomUUID()}`

/** @param database the one that is tried; the firms themselves are made by the world's own */
export async function makeFirms(world: TestWorld, database: Database, n: number): Promise<Firm[]> {
  const firms: Firm[] = []
  for (let each = 1; each <= n; each++) {
    const { id } = await world.tenant(`Firm${each}`)
    const db = database.tenant(id)
    const mark = randomUUID().slice(0, 8)
    const name = `${mark} own`
    const company = await world.database.platform.prisma.company.create({
      data: { tenantId: id, name, contacts: { create: { name: `${mark} contact` } } },
    })
    firms.push({ id, db, mark, own: company.id, acknowledged: new Set([name]), unknown: new Set() })
  }
  return firms
}

/** @throws Leak when a row that a firm was shown is not its own */
export function checkRows({ id, mark }: Firm, rows: readonly { tenantId: string; name: string }[]): void {
  const foreign = rows.find(({ tenantId, name }) => tenantId !== id || !name.startsWith(mark))
  if (foreign) throw new Leak(`${mark} was shown "${foreign.name}" of ${foreign.tenantId}`)
}

/** Compares what is in the database, seen by a role that sees all, with what was said. @returns every difference */
export async function compareWithStored(world: TestWorld, firms: readonly Firm[]): Promise<string[]> {
  const rows = await world.database.platform.query<{ tenantId: string; name: string }>(
    sql`select tenant_id as "tenantId", name from companies`,
  )
  const stored = Map.groupBy(rows, ({ tenantId }) => tenantId)
  return firms.flatMap(({ id, mark, acknowledged, unknown }) => {
    const names = new Set(stored.get(id)?.map(({ name }) => name))
    const lost = [...acknowledged].filter((name) => !names.has(name)).map((name) => `${mark} has lost "${name}"`)
    const strange = [...names]
      .filter((name) => !acknowledged.has(name) && !unknown.has(name))
      .map((name) => `${mark} has "${name}", which it has not written`)
    return [...lost, ...strange]
  })
}
