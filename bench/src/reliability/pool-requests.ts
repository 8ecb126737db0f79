// What firms ask of one small pool, and how often. Each request finds out itself whether it has seen or done too much.
import { type Sql, sql } from '@throughline/db'
import { checkRows, type Firm, Leak, newName } from './firms.ts'

/** @param other a firm that this one must know nothing of */
export type Request = (firm: Firm, other: Firm) => Promise<void>

const must = (held: boolean, what: string): void => {
  if (!held) throw new Leak(what)
}
const select = ({ db }: Firm, which: Sql) =>
  db.query<{ tenantId: string; name: string }>(sql`select tenant_id as "tenantId", name from companies ${which}`)
const insert = ({ db, id }: Firm, name: string) =>
  db.execute(sql`insert into companies (tenant_id, id, name) values (${id}::uuid, uuidv7(), ${name})`)
const create = ({ db, id }: Firm, name: string) => db.prisma.company.create({ data: { tenantId: id, name } })
const keyOf = ({ id, own }: Firm) => ({ tenantId_id: { tenantId: id, id: own } })

/** Nobody knows whether the rows are there until the work has said so. */
async function written(firm: Firm, names: string[], work: () => Promise<unknown>): Promise<void> {
  for (const name of names) firm.unknown.add(name)
  await work()
  for (const name of names) {
    firm.unknown.delete(name)
    firm.acknowledged.add(name)
  }
}

const reads = {
  async byIdInPrisma(firm) {
    const row = await firm.db.prisma.company.findUnique({ where: keyOf(firm), include: { contacts: true } })
    must(row !== null, `${firm.mark} does not see its own row`)
    if (row) checkRows(firm, [row, ...row.contacts])
  },
  async byIdInSql(firm) {
    const rows = await select(firm, sql`where id = ${firm.own}::uuid`)
    must(rows.length === 1, `${firm.mark} does not see its own row`)
    checkRows(firm, rows)
  },
  async foreignById(firm, other) {
    const row = await firm.db.prisma.company.findUnique({ where: keyOf(other) })
    must(row === null, 'a foreign row was read by id in Prisma')
    must((await select(firm, sql`where id = ${other.own}::uuid`)).length === 0, 'a foreign row was read by id in SQL')
  },
  async listInPrisma(firm) {
    checkRows(firm, await firm.db.prisma.company.findMany({ take: 10, orderBy: { name: 'desc' } }))
  },
  async listInSql(firm) {
    checkRows(firm, await select(firm, sql`order by name limit 20`))
  },
  async statistics(firm) {
    const row = await firm.db.queryOne<{ tenants: number }>(
      sql`select count(distinct tenant_id)::int as tenants from companies`,
    )
    must(row?.tenants === 1, `${firm.mark} counts the rows of ${row?.tenants} firms`)
  },
} satisfies Record<string, Request>

const writes = {
  inPrisma: (firm) => {
    const name = newName(firm)
    return written(firm, [name], () => create(firm, name))
  },
  inSql: (firm) => {
    const name = newName(firm)
    return written(firm, [name], () => insert(firm, name))
  },
  inTransaction: (firm) => {
    const [first, second] = [newName(firm), newName(firm)]
    const work = async () => {
      await create(firm, first)
      await insert(firm, second)
      checkRows(firm, await select(firm, sql`order by id desc limit 5`))
    }
    return written(firm, [first, second], () => firm.db.transaction(work))
  },
} satisfies Record<string, Request>

/** Row by row and all at once, and one with the other's name on it. */
const attacks = {
  async updateForeign(firm, other) {
    const name = newName(firm, 'stolen ')
    const touched = await firm.db.execute(sql`update companies set name = ${name} where id = ${other.own}::uuid`)
    must(touched === 0, 'a foreign row was updated in SQL')
    const { count } = await firm.db.prisma.company.updateMany({ where: { id: other.own }, data: { name } })
    must(count === 0, 'a foreign row was updated in Prisma')
  },
  async deleteForeign(firm, other) {
    const touched = await firm.db.execute(sql`delete from contacts where company_id = ${other.own}::uuid`)
    must(touched === 0, 'a foreign row was deleted in SQL')
  },
  async insertForeign(firm, other) {
    const refused = await insert({ ...firm, id: other.id }, newName(firm, 'planted ')).then(
      () => false,
      (error: unknown) => {
        if (error instanceof Error && error.message.includes('row-level security')) return true
        throw error
      },
    )
    must(refused, 'a row was inserted for another firm')
  },
} satisfies Record<string, Request>

/** The rows of these must never be seen: what they begin does not end. */
const failing = {
  changedMind: (firm) =>
    firm.db.transaction(async () => {
      await insert(firm, newName(firm, 'aborted '))
      throw new Error('changed my mind')
    }),
  swallowedError: (firm) =>
    firm.db.transaction(async () => {
      await create(firm, newName(firm, 'aborted '))
      // Swallowed on purpose: the commit has to notice.
      await firm.db.query(sql`select 1 / 0`).catch(() => undefined)
    }),
  timeout: (firm) =>
    firm.db.transaction(async () => {
      await insert(firm, newName(firm, 'aborted '))
      await firm.db.execute(sql`set local statement_timeout = 5`)
      await firm.db.query(sql`select pg_sleep(1)`)
    }),
  error: async (firm) => void (await firm.db.query(sql`select 1 / 0`)),
  /** Long enough to be cancelled or cut off in the middle. */
  slow: async (firm) => void (await firm.db.query(sql`select pg_sleep(0.01)`)),
} satisfies Record<string, Request>

/** Out of a hundred requests; reads first, as in life. */
const shares: [share: number, request: Request][] = [
  [12, reads.byIdInPrisma],
  [12, reads.byIdInSql],
  [9, reads.foreignById],
  [8, reads.listInPrisma],
  [12, reads.listInSql],
  [4, reads.statistics],
  [10, writes.inPrisma],
  [10, writes.inSql],
  [6, writes.inTransaction],
  [3, attacks.updateForeign],
  [2, attacks.deleteForeign],
  [2, attacks.insertForeign],
  [3, failing.changedMind],
  [2, failing.swallowedError],
  [1, failing.timeout],
  [2, failing.error],
  [2, failing.slow],
]
const hundred = shares.flatMap(([share, request]) => Array<Request>(share).fill(request))

/** @param chance from 0 to below 1 */
export function requestFor(chance: number): Request {
  const request = hundred[Math.floor(chance * hundred.length)]
  if (!request) throw new Error('the shares are not a hundred')
  return request
}
