// How a comparison is made: one statement that folds anew what is stored, and says what does not agree.
import type { BreakRepair, Comparison, ReconciliationCheck } from '@throughline/contracts'
import { empty, type Sql, sql, type TenantDb } from '@throughline/db'

/** Of the fund that is held while it is compared. */
export interface ComparedFund {
  id: string
  currency: string
  /** The end of an earlier day; nothing for the books as they are kept now. */
  asOf?: string | undefined
}

/** What is dated up to the day of the comparison. */
export const through = ({ asOf }: ComparedFund, column: Sql): Sql =>
  asOf === undefined ? empty : sql`and ${column} <= ${asOf}::date`

export interface FoundBreak {
  /** The same for the same thing, from run to run. */
  subject: string
  label: string
  expected: string
  found: string
  repair?: BreakRepair
}

export interface CheckResult {
  comparison: Comparison
  basis: ReconciliationCheck['basis']
  compared: number
  breakCount: number
  /** The first of them. */
  breaks: FoundBreak[]
}

/** Gives rows of `subject, label, expected, found` (text) and `ok`, one for each thing that is compared. */
export type CheckStatement = (tenantId: string, fund: ComparedFund) => Sql

/** A fund in which everything is wrong would fill the table of breaks: more than this of one kind are counted only. */
export const keptBreaks = 1000

export async function runCheck(
  db: TenantDb,
  fund: ComparedFund,
  comparison: Comparison,
  statement: CheckStatement,
): Promise<CheckResult> {
  const row = await db.queryOne<Omit<CheckResult, 'comparison' | 'basis'>>(sql`
    with compared as materialized (${statement(db.tenantId, fund)}),
    broken as (select subject, label, expected, found from compared where not ok)
    select (select count(*)::int from compared) as compared, (select count(*)::int from broken) as "breakCount",
      coalesce((select json_agg(json_build_object('subject', b.subject, 'label', b.label, 'expected', b.expected,
        'found', b.found) order by b.subject)
        from (select * from broken order by subject limit ${keptBreaks}) b), '[]'::json) as breaks`)
  if (!row) throw new Error('an aggregate without groups gives one row')
  return { comparison, basis: fund.asOf === undefined ? 'stored' : 'as_of', ...row }
}
