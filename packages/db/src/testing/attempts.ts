// What a client of one firm tries on the rows of another, model by model.
import { randomUUID } from 'node:crypto'
import type { TestWorld } from '../../../testing/src/index.ts'
import { type Delegate, delegateOf, type Firms, type Model, type Row, type Rows, rowsOf } from './tenant-models.ts'

/** What an operation gave, or why it was refused, in one word. */
async function outcomeOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    const value = await work()
    return value !== null && typeof value === 'object' && 'count' in value ? value.count : value
  } catch (error) {
    const text = String(error)
    const known = Object.entries(refusals).find(([, pattern]) => pattern.test(text))
    return known ? known[0] : text
  }
}
const refusals = {
  'no right': /permission denied/,
  'no such row': /P2025|No record was found|not found|No .* found/,
  policy: /row-level security/,
  'another tenant': /TenantScopeError|another tenant|change its tenant/,
}

const fresh = (row: Row): Row => ('id' in row ? { ...row, id: randomUUID() } : row)

export interface Attempt {
  name: string
  work: (delegate: Delegate) => Promise<unknown> | undefined
  expected: unknown
}

/** Makes every attempt on every model. @returns how many there were, and those that ended otherwise than they should */
export async function makeAttempts(
  world: TestWorld,
  models: Model[],
  firms: Firms,
  client: object,
  attemptsOf: (model: Model, rows: Rows) => Attempt[],
) {
  const wrong: string[] = []
  let made = 0
  for (const model of models)
    for (const { name, work, expected } of attemptsOf(model, await rowsOf(world, model, firms))) {
      const outcome = await outcomeOf(async () => work(delegateOf(client, model)))
      made += 1
      if (JSON.stringify(outcome) !== JSON.stringify(expected))
        wrong.push(`${model.name}.${name}: ${JSON.stringify(outcome)?.slice(0, 300)} instead of ${expected}`)
    }
  return { made, wrong }
}

/** Reads that every client must answer with rows of its own tenant only. */
export const readsOf = ({ tenant, keyOf }: Model, { theirs, own }: Rows): Attempt[] => {
  const foreign = { [tenant]: theirs[tenant] }
  const tenantsOf = (rows: unknown) => [...new Set((rows as Row[]).map((row) => row[tenant]))]
  return [
    { name: 'findMany', work: async (d) => tenantsOf(await d.findMany?.()), expected: [own[tenant]] },
    { name: 'findMany of another', work: (d) => d.findMany?.({ where: foreign }), expected: [] },
    { name: 'findFirst of another', work: (d) => d.findFirst?.({ where: foreign }), expected: null },
    { name: 'findUnique of another', work: (d) => d.findUnique?.({ where: keyOf(theirs) }), expected: null },
    {
      name: 'findUniqueOrThrow of another',
      work: (d) => d.findUniqueOrThrow?.({ where: keyOf(theirs) }),
      expected: 'no such row',
    },
    { name: 'count of another', work: (d) => d.count?.({ where: foreign }), expected: 0 },
    {
      name: 'groupBy',
      work: async (d) => tenantsOf(await d.groupBy?.({ by: [tenant], _count: true })),
      expected: [own[tenant]],
    },
    {
      name: 'aggregate of another',
      work: (d) => d.aggregate?.({ _count: { _all: true }, where: foreign }),
      expected: { _count: { _all: 0 } },
    },
  ]
}

/** Writes that name another tenant's row. `insert` and `move`: what stops a row that says it is another tenant's. */
export function writesOf(
  { tenant, keyOf, changeable, mayUpdate, table }: Model,
  { theirs, own }: Rows,
  { insert, move }: { insert: string; move: string },
): Attempt[] {
  const foreign = { [tenant]: theirs[tenant] }
  const data = { [changeable]: theirs[changeable] }
  const updated = (otherwise: unknown) => (mayUpdate ? otherwise : 'no right')
  const deleted = (otherwise: unknown) => (table.deletable ? otherwise : 'no right')
  return [
    { name: 'updateMany of another', work: (d) => d.updateMany?.({ where: foreign, data }), expected: updated(0) },
    {
      name: 'updateManyAndReturn of another',
      work: (d) => d.updateManyAndReturn?.({ where: foreign, data }),
      expected: updated([]),
    },
    {
      name: 'update of another',
      work: (d) => d.update?.({ where: keyOf(theirs), data }),
      expected: updated('no such row'),
    },
    { name: 'update into another', work: (d) => d.update?.({ where: keyOf(own), data: foreign }), expected: move },
    { name: 'updateMany into another', work: (d) => d.updateMany?.({ data: foreign }), expected: move },
    { name: 'deleteMany of another', work: (d) => d.deleteMany?.({ where: foreign }), expected: deleted(0) },
    { name: 'delete of another', work: (d) => d.delete?.({ where: keyOf(theirs) }), expected: deleted('no such row') },
    { name: 'create for another', work: (d) => d.create?.({ data: fresh(theirs) }), expected: insert },
    { name: 'createMany for another', work: (d) => d.createMany?.({ data: [fresh(theirs)] }), expected: insert },
  ]
}

/** What only the extension can tell apart from work of one's own. */
export function extensionOnly(
  { tenant, keyOf, changeable, mayUpdate }: Model,
  { theirs, own, count }: Rows,
): Attempt[] {
  const mine = { [changeable]: own[changeable] }
  const upsert = { where: keyOf(theirs), create: fresh(own), update: {} }
  return [
    { name: 'count', work: (d) => d.count?.(), expected: count },
    {
      name: 'findFirstOrThrow of another',
      work: (d) => d.findFirstOrThrow?.({ where: { [tenant]: theirs[tenant] } }),
      expected: 'no such row',
    },
    { name: 'updateMany', work: (d) => d.updateMany?.({ data: mine }), expected: mayUpdate ? count : 'no right' },
    {
      name: 'createManyAndReturn for another',
      work: (d) => d.createManyAndReturn?.({ data: [fresh(theirs)] }),
      expected: 'another tenant',
    },
    {
      name: 'upsert for another',
      work: (d) => d.upsert?.({ ...upsert, create: fresh(theirs) }),
      expected: 'another tenant',
    },
    {
      name: 'upsert into another',
      work: (d) => d.upsert?.({ ...upsert, update: { [tenant]: theirs[tenant] } }),
      expected: 'another tenant',
    },
  ]
}
