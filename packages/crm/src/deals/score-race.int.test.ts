// A deal that comes while its company or contact is changed, and neither has committed: its score is that of what both leave.
import { type Ctx, sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { updateCompany } from '../companies/index.ts'
import { updateContact } from '../contacts/index.ts'
import { type Flow, startFlow } from '../flow.testing.ts'
import { aCompany, aContact } from '../records.testing.ts'
import { updateDeal } from './index.ts'
import { makeDeal } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let flow: Flow
let ctx: Ctx
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  flow = startFlow(world)
  ctx = acme.ctx('manager')
  await world.tenant('Globex')
})
afterAll(async () => {
  await flow?.close()
  await world?.close()
})

/** Does something in a transaction that stays open until it is told to end. */
async function held(work: () => Promise<unknown>) {
  const [done, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const ended = acme.ctx('owner').db.transaction(async () => {
    await work()
    done.resolve()
    await end.promise
  })
  await Promise.race([done.promise, ended])
  return {
    async commit() {
      end.resolve()
      await ended
    },
  }
}

/** Somebody waits for a row or a transaction in this world's database. */
const somebodyWaits = () =>
  expectEventually(async () => {
    const waiting = await world.database.platform.query(
      sql`select 1 from pg_locks where not granted and pid in (
        select l.pid from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database())`,
    )
    expect(waiting.length).toBeGreaterThan(0)
  })

const reasonsOf = async (dealId: string) => {
  const row = await ctx.db.queryOne<{ reasons: { reason: string }[] }>(
    sql`select score_reasons as reasons from deals where tenant_id = ${ctx.tenantId}::uuid and id = ${dealId}::uuid`,
  )
  return row?.reasons.map(({ reason }) => reason)
}

const large = { size: '5001+' } as const
const someTitle = { title: 'Chief Executive Officer, CEO' }

describe('a deal that is created', () => {
  it('while its company grows is scored with the size that it has then', async () => {
    const companyId = await aCompany(acme)
    const growing = await held(() => updateCompany(acme.ctx('owner'), companyId, large))
    const creating = makeDeal(ctx, { companyId })
    await somebodyWaits()
    await growing.commit()
    expect(await reasonsOf((await creating).id)).toContain('company_is_large')
  })

  it('while its contact gets another title is scored with that', async () => {
    const contactId = await aContact(acme)
    const changing = await held(() => updateContact(acme.ctx('owner'), contactId, someTitle))
    const creating = makeDeal(ctx, { contactId })
    await somebodyWaits()
    await changing.commit()
    expect(await reasonsOf((await creating).id)).toContain('decision_maker')
  })

  it('and not committed when its company grows is scored anew', async () => {
    const companyId = await aCompany(acme)
    let dealId = ''
    const creating = await held(async () => {
      dealId = (await makeDeal(acme.ctx('owner'), { companyId })).id
    })
    const growing = updateCompany(ctx, companyId, large)
    await somebodyWaits()
    await creating.commit()
    await growing
    expect(await reasonsOf(dealId)).toContain('company_is_large')
  })

  it('and not committed when an import makes its company large is scored anew', async () => {
    const companyId = await aCompany(acme, 'Imported Steel')
    let dealId = ''
    const creating = await held(async () => {
      dealId = (await makeDeal(acme.ctx('owner'), { companyId })).id
    })
    const { importId } = await flow.upload(acme, 'Name,Size\nImported Steel,5001+\n', { kind: 'COMPANY' })
    await Promise.race([somebodyWaits(), flow.settled(acme, importId)])
    await creating.commit()
    expect(await flow.settled(acme, importId)).toMatchObject({ state: 'SUCCEEDED', rowsUpdated: 1 })
    expect(await reasonsOf(dealId)).toContain('company_is_large')
  })
})

describe('a deal that is changed', () => {
  it('so that it names a company that grows meanwhile is scored with the size that it has then', async () => {
    const companyId = await aCompany(acme)
    const { id } = await makeDeal(ctx)
    const growing = await held(() => updateCompany(acme.ctx('owner'), companyId, large))
    const changing = updateDeal(ctx, id, { companyId })
    await somebodyWaits()
    await growing.commit()
    await changing
    expect(await reasonsOf(id)).toContain('company_is_large')
  })

  it('waits for nobody who changes its company, and nobody stands still: each order of the two ends well', async () => {
    const companyId = await aCompany(acme)
    const { id } = await makeDeal(ctx, { companyId })
    const pricing = await held(() => updateDeal(acme.ctx('owner'), id, { value: '5.00' }))
    const growing = updateCompany(ctx, companyId, large)
    await somebodyWaits()
    await pricing.commit()
    await growing
    expect(await reasonsOf(id)).toEqual(expect.arrayContaining(['company_is_large', 'value_known']))
    const sizes = ['1-10', '5001+'] as const
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        n % 2
          ? updateDeal(ctx, id, { value: `${n}.00` })
          : updateCompany(ctx, companyId, { size: sizes[(n / 2) % 2] ?? null }),
      ),
    )
    const company = await ctx.db.queryOne<{ size: string }>(
      sql`select size from companies where tenant_id = ${ctx.tenantId}::uuid and id = ${companyId}::uuid`,
    )
    expect((await reasonsOf(id))?.includes('company_is_large')).toBe(company?.size === '5001+')
  })
})
