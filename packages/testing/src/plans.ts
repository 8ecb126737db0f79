// What Postgres would do for the questions that a use case asks: for tests that no question reads a whole table.
import { type Ctx, type Sql, sql, type TenantDb } from '@throughline/db'
import pg from 'pg'

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  /** Per loop; both are there when the plan was run. */
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: PlanNode[]
}
export interface AskedQuestion {
  text: string
  /** Tables that are read from end to end. */
  scanned: string[]
}

const scansOf = (node: PlanNode): string[] => [
  ...(node['Node Type'] === 'Seq Scan' && node['Relation Name'] ? [node['Relation Name']] : []),
  ...(node.Plans ?? []).flatMap(scansOf),
]

/** A context that writes down what it asks. */
export function recording(ctx: Ctx): { ctx: Ctx; asked: Sql[] } {
  const asked: Sql[] = []
  const db: TenantDb = new Proxy(ctx.db, {
    get(target, key, receiver) {
      if (key === 'caughtUpReplica') return () => Promise.resolve(db)
      if (key === 'queryWithKeptPlans')
        return (statements: readonly Sql[]) => {
          asked.push(...statements)
          return target.queryWithKeptPlans(statements)
        }
      if (key !== 'query' && key !== 'queryOne' && key !== 'queryTexts' && key !== 'execute')
        return Reflect.get(target, key, receiver)
      return (statement: Sql) => {
        asked.push(statement)
        return target[key](statement)
      }
    },
  })
  return { ctx: { ...ctx, db }, asked }
}

/**
 * Runs `work` and explains each question that it asked, in the scope of the same tenant.
 * @param small tables that fit on a page, where reading all of it is the best plan
 */
export async function explain(
  ctx: Ctx,
  work: (ctx: Ctx) => Promise<unknown>,
  small: readonly string[] = ['tenants', 'members'],
): Promise<AskedQuestion[]> {
  const { ctx: recorded, asked } = recording(ctx)
  await work(recorded)
  const questions: AskedQuestion[] = []
  for (const statement of asked) {
    const row = await ctx.db.queryOne<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(sql`explain (format json) ${statement}`)
    if (!row) throw new Error('a statement without a plan')
    const [{ Plan }] = row['QUERY PLAN']
    questions.push({ text: statement.text, scanned: scansOf(Plan).filter((table) => !small.includes(table)) })
  }
  return questions
}

const lookedAt = (node: PlanNode): number => {
  const shown = node['Actual Rows'] ?? 0
  const left = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  const here = node['Relation Name'] === undefined ? 0 : (shown + left) * (node['Actual Loops'] ?? 0)
  return (node.Plans ?? []).reduce((sum, child) => sum + lookedAt(child), here)
}

/** To analyse a statement is to do it: what writes is not done twice. */
const writes = /\b(insert\s+into|delete\s+from|update\s+\w+(\s+\w+)?\s+set)\b/i

/**
 * Runs `work` and then, analysed, each question that it asked. The roles of the runtime plan without reading tables from
 * end to end: an index that is read from end to end, or filtered row by row, is no better, and only this number tells.
 * @returns how many rows of tables and indexes it looked at, shown or not; of statements that write none
 */
export async function rowsLookedAt(ctx: Ctx, work: (ctx: Ctx) => Promise<unknown>): Promise<number> {
  const { ctx: recorded, asked } = recording(ctx)
  await work(recorded)
  let sum = 0
  for (const statement of asked.filter(({ text }) => !writes.test(text))) {
    const row = await ctx.db.queryOne<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      sql`explain (analyze, format json) ${statement}`,
    )
    if (!row) throw new Error('a statement without a plan')
    sum += lookedAt(row['QUERY PLAN'][0].Plan)
  }
  return Math.round(sum)
}

/** Lets the planner know what is in the tables by now, as autovacuum would. */
export async function analyse(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query('vacuum analyze')
  } finally {
    await owner.end()
  }
}
