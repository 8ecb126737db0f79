// What tests of this desk share: a job in this process, and the owner of the tables, who can spoil what nobody else can.
import type { Ctx } from '@throughline/db'
import type { Committed, RunningJob } from '@throughline/jobs'
import type { TestWorld } from '@throughline/testing'
import pg from 'pg'

class Done extends Error {
  readonly result: unknown

  constructor(result: unknown) {
    super('the job is done')
    this.result = result
  }
}

/** Runs a job's work in this process and without a queue. @returns what it commits */
export async function ranHere<P>(
  ctx: Ctx,
  data: P,
  work: (job: RunningJob<P>) => Promise<Committed>,
): Promise<unknown> {
  const job: RunningJob<P> = {
    ctx,
    data,
    jobId: '00000000-0000-7000-8000-000000000000',
    attempt: 1,
    signal: new AbortController().signal,
    progress: async () => undefined,
    step: (steps) => ctx.db.transaction(steps),
    async commit(effect) {
      throw new Done(await ctx.db.transaction(effect))
    },
  }
  try {
    await work(job)
  } catch (error) {
    if (error instanceof Done) return error.result
    throw error
  }
  throw new Error('the job ended without a commit')
}

export interface TableOwner {
  /** Past grants and row-level security: what a broken disk or a wrong hand could do. */
  spoil(statement: string, values?: unknown[]): Promise<void>
  close(): Promise<void>
}

export async function tableOwner(world: TestWorld): Promise<TableOwner> {
  const client = new pg.Client({ connectionString: world.ownerUrl })
  await client.connect()
  await client.query(`do $$ declare t regclass; begin
    for t in select c.oid::regclass from pg_class c where c.relforcerowsecurity and not c.relispartition
      and c.relnamespace = 'public'::regnamespace loop execute format('alter table %s no force row level security', t); end loop;
  end $$`)
  return {
    spoil: async (statement, values = []) => void (await client.query(statement, values)),
    close: () => client.end(),
  }
}
