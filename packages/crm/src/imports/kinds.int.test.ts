import { importMapping, importReport, startImport } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Flow, startFlow } from '../flow.testing.ts'
import { deleteImportSource, listImportSources, startDealImport, updateImportSource } from './index.ts'

let world: TestWorld
let flow: Flow
beforeAll(async () => {
  world = await createTestWorld()
  flow = startFlow(world)
})
afterAll(async () => {
  await flow?.close()
  await world?.close()
})

const companies = (tenant: TestTenant) =>
  tenant
    .systemCtx()
    .db.query(sql`select name, domain, industry, size, country, tags, version, (select email from members m
    where m.tenant_id = c.tenant_id and m.id = c.owner_id) as owner from companies c where deleted_at is null order by name`)
const contacts = (tenant: TestTenant) =>
  tenant
    .systemCtx()
    .db.query(sql`select k.name, k.email, k.other_emails, k.phones, k.title, k.consent, c.name as company, k.version
    from contacts k left join companies c on c.tenant_id = k.tenant_id and c.id = k.company_id
    where k.deleted_at is null order by k.name`)
const point = { decimal: 'point', dateOrder: 'ymd' } as const

describe('companies from a file', () => {
  it('are found by domain, else by name; blank cells wipe nothing, and the same file again changes nothing', async () => {
    const tenant = await world.tenant('Companies')
    const owner = tenant.members.member.email
    const first = await flow.imported(
      tenant,
      `Company name,Website,Industry,Number of employees,Country,Company owner,Tags\nAcme,https://www.acme.com/x,Steel,"1,200",Germany,${owner},"Key Account, east"\nSolo,,,7,fr,,\n`,
      { kind: 'COMPANY' },
    )
    expect(first).toMatchObject({ state: 'SUCCEEDED', rowsCreated: 2, report: { updateKeys: ['domain', 'name'] } })
    const file = 'Name,Domain,Industry,Size\nAcme Inc,acme.com,,\nSOLO,solo.io,Crafts,\nNew,new.io,,5001+\n'
    expect(await flow.imported(tenant, file, { kind: 'COMPANY' })).toMatchObject({ rowsCreated: 1, rowsUpdated: 2 })
    expect(await companies(tenant)).toEqual([
      {
        ...{ name: 'Acme Inc', domain: 'acme.com', industry: 'Steel', size: '1001-5000', country: 'DE', owner },
        ...{ tags: ['key account', 'east'], version: 2 },
      },
      {
        name: 'New',
        domain: 'new.io',
        industry: null,
        size: '5001+',
        country: null,
        owner: null,
        tags: [],
        version: 1,
      },
      {
        name: 'SOLO',
        domain: 'solo.io',
        industry: 'Crafts',
        size: '1-10',
        country: 'FR',
        owner: null,
        tags: [],
        version: 2,
      },
    ])
    expect(await flow.imported(tenant, file, { kind: 'COMPANY' })).toMatchObject({
      ...{ rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: 3 },
    })
  })

  it('are found by their id first, and a domain that is another’s is refused', async () => {
    const tenant = await world.tenant('Keys')
    await flow.imported(tenant, 'Id,Name,Domain\n1,One,one.test\n2,Two,two.test\n', { kind: 'COMPANY' })
    const result = await flow.imported(
      tenant,
      'Id,Name,Domain\n1,Renamed,one.test\n2,Two,one.test\n3,Three,three.test\n3,Four,four.test\n4,Five,three.test\n',
      { kind: 'COMPANY' },
    )
    expect(result).toMatchObject({ rowsUpdated: 1, rowsCreated: 1, rowsRejected: 3 })
    const rejected = (await flow.textOf(tenant, result.rejectedFileId)).trimEnd().split('\r\n').slice(1)
    expect(rejected.map((line) => line.slice(0, 2)).toSorted()).toEqual(['2,', '3,', '4,'])
    expect(rejected.join()).toMatch(/another company’s.*Line 4 has the same id.*Line 4 has the same domain/s)
    expect((await companies(tenant)).length).toBe(3)
  })

  it('that are in the trash are not found: a row makes a new one', async () => {
    const tenant = await world.tenant('Trash')
    await flow.imported(tenant, 'Name,Domain\nGone,gone.test\n', { kind: 'COMPANY' })
    await tenant.systemCtx().db.execute(sql`update companies set deleted_at = now()`)
    expect(await flow.imported(tenant, 'Name,Domain\nGone,gone.test\n', { kind: 'COMPANY' })).toMatchObject({
      ...{ rowsCreated: 1, rowsUpdated: 0 },
    })
  })
})

describe('contacts from a file', () => {
  it('come with their company by domain or name, and are found by any of their addresses', async () => {
    const tenant = await world.tenant('Contacts')
    await flow.imported(
      tenant,
      'Full name,Email,Other emails,Phone,Job title,Consent,Company,Website\nJane,JANE@acme.com,"j@home.test, jj@home.test","+49 30 1; +49 30 2",CEO,yes,Acme,acme.com\nBob,,,,,,Solo,\n',
      { kind: 'CONTACT' },
    )
    const again = await flow.imported(
      tenant,
      'Name,Email,Job title,Company\nJane Doe,jj@home.test,,\nBob,,Clerk,solo\nEve,eve@acme.com,,acme\n',
      { kind: 'CONTACT' },
    )
    expect(again).toMatchObject({ rowsUpdated: 2, rowsCreated: 1, report: { companies: { created: 0, updated: 0 } } })
    const jane = { other_emails: ['j@home.test', 'jj@home.test'], phones: ['+49 30 1', '+49 30 2'], consent: 'GIVEN' }
    const plain = { other_emails: [], phones: [], consent: 'UNKNOWN' }
    expect(await contacts(tenant)).toEqual([
      { name: 'Bob', email: null, title: 'Clerk', company: 'Solo', version: 2, ...plain },
      { name: 'Eve', email: 'eve@acme.com', title: null, company: 'Acme', version: 1, ...plain },
      { name: 'Jane Doe', email: 'jane@acme.com', title: 'CEO', company: 'Acme', version: 2, ...jane },
    ])
  })

  it('with the same name in the same company are told as possible duplicates, not refused', async () => {
    const tenant = await world.tenant('Smiths')
    await flow.imported(tenant, 'Name,Email,Company\nJ Smith,a@x.test,X\n', { kind: 'CONTACT' })
    const result = await flow.imported(tenant, 'Name,Email,Company\nj smith,b@x.test,X\n', { kind: 'CONTACT' })
    expect(result).toMatchObject({ rowsCreated: 1, rowsRejected: 0 })
    expect(importReport.parse(result.report).duplicates).toMatchObject({
      count: 1,
      examples: [{ line: 2, name: 'j smith', reason: 'same_name', record: { name: 'J Smith' } }],
    })
  })
})

describe('deals from a file', () => {
  it('come with tags, a probability of 0, own fields and the other people', async () => {
    const tenant = await world.tenant('Rich')
    await tenant.systemCtx().db.execute(sql`insert into custom_fields (tenant_id, id, key, label, type, options) values
      (${tenant.id}::uuid, uuidv7(), 'budget', 'Annual budget', 'NUMBER', '{}'),
      (${tenant.id}::uuid, uuidv7(), 'signed', 'Signed on', 'DATE', '{}'),
      (${tenant.id}::uuid, uuidv7(), 'area', 'Area', 'CHOICE', '{North,South}'),
      (${tenant.id}::uuid, uuidv7(), 'listed', 'Listed', 'BOOLEAN', '{}')`)
    const file =
      'Title;Value;Probability;Tags;Annual budget;Signed on;Area;Listed;People;Company\n' +
      'A;1.250,50;0%;One, two;-1.000,5;23.12.2025;south;ja;"""Jane Doe"" <jane@acme.com> (champion); Bob (lawyer)";Acme\n' +
      'B;;;;;;West;;;\nC;;101;;;;;;;\n'
    const result = await flow.imported(tenant, file)
    expect(result).toMatchObject({ state: 'SUCCEEDED', rowsCreated: 1, rowsRejected: 2 })
    expect(result.preview).toMatchObject({ options: { decimal: 'comma', dateOrder: 'dmy' } })
    const [deal] = await tenant.systemCtx().db.query(sql`select d.value, d.probability, d.tags, d.custom,
      (select json_agg(k.name || ' ' || r.role order by k.name) from deal_contacts r join contacts k on k.tenant_id = r.tenant_id
        and k.id = r.contact_id where r.deal_id = d.id) as people from deals d`)
    expect(deal).toEqual({
      ...{ value: '1250.50', probability: 0, tags: ['one', 'two'] },
      custom: { budget: -1000.5, signed: '2025-12-23', area: 'South', listed: true },
      people: ['Bob lawyer', 'Jane Doe champion'],
    })
    const rejected = await flow.textOf(tenant, result.rejectedFileId)
    expect(rejected).toMatch(/Area ""West"" is none of North, South.*Probability ""101""/s)
  })

  it('that stand under a capital call keep what they came to; other closed ones and other columns are changed', async () => {
    const tenant = await world.tenant('Called')
    const head = 'Id,Title,Stage,Value,Currency,Probability\n'
    await flow.imported(
      tenant,
      `${head}1,A,Won,100,EUR,\n2,B,Won,100,EUR,\n3,C,Won,100,EUR,\n4,D,Won,100,EUR,\n5,E,Won,100,EUR,\n`,
    )
    await tenant.systemCtx().db.execute(sql`insert into deal_holds (tenant_id, deal_id, kind, ref_id, label)
      select tenant_id, id, 'capital_call', uuidv7(), 'Capital call 3' from deals where title <> 'E'`)
    const rows = '1,A,Won,200,EUR,\n2,B,,100,USD,\n3,C,Won,,,50\n4,Renamed,Won,100,EUR,\n5,E,Won,200,EUR,\n'
    const result = await flow.imported(tenant, `${head}${rows}`)
    expect(result).toMatchObject({ rowsUpdated: 2, rowsRejected: 3 })
    expect(await flow.textOf(tenant, result.rejectedFileId)).toMatch(/(Capital call 3 stands on it.*){3}/s)
    const found = await tenant
      .systemCtx()
      .db.query(sql`select title, value, currency, probability from deals order by id`)
    const kept = { value: '100.00', currency: 'EUR', probability: null }
    expect(found).toEqual([
      ...['A', 'B', 'C', 'Renamed'].map((title) => ({ title, ...kept })),
      { title: 'E', ...kept, value: '200.00' },
    ])
  })

  it('of which something is allocated are not made smaller than that by a file, nor put into another currency', async () => {
    const tenant = await world.tenant('Allocated')
    const head = 'Id,Title,Stage,Value,Currency\n'
    await flow.imported(tenant, `${head}1,A,Won,100,EUR\n2,B,Won,100,EUR\n3,C,Won,100,EUR\n4,D,Won,100,EUR\n`)
    await tenant.systemCtx().db.execute(sql`insert into deal_holds (tenant_id, deal_id, kind, ref_id, label, at_least)
      select tenant_id, id, 'allocation', uuidv7(), 'an allocation', 40 from deals, generate_series(1, 2) where title <> 'D'`)
    const result = await flow.imported(
      tenant,
      `${head}1,A,Won,79.99,EUR\n2,B,Won,100,USD\n3,C,Won,80,EUR\n4,D,Won,1,USD\n`,
    )
    expect(result).toMatchObject({ rowsUpdated: 2, rowsRejected: 2 })
    expect(await flow.textOf(tenant, result.rejectedFileId)).toMatch(/(less than 80.00.*){2}/s)
  })

  it('that stand under a capital call are not re-opened, and a closed one is not closed another way', async () => {
    const tenant = await world.tenant('Held')
    await flow.imported(tenant, 'Id,Title,Stage,Lost reason\n1,Won,Won,\n2,Also won,Won,\n3,Lost,Lost,Price\n')
    await tenant.systemCtx().db.execute(sql`insert into deal_holds (tenant_id, deal_id, kind, ref_id, label)
      select tenant_id, id, 'capital_call', uuidv7(), 'Capital call 3' from deals where title = 'Won'`)
    const result = await flow.imported(tenant, 'Id,Title,Stage\n1,Won,Lead\n2,Also won,Lost\n3,Lost,Lead\n')
    expect(result).toMatchObject({ rowsUpdated: 1, rowsRejected: 2 })
    expect(await flow.textOf(tenant, result.rejectedFileId)).toMatch(/Capital call 3 stands on it.*re-opened before/s)
    const stages = await tenant
      .systemCtx()
      .db.query(sql`select stage::text, closed_at is null as open from deals order by title`)
    expect(stages).toEqual([
      { stage: 'CLOSED_WON', open: false },
      { stage: 'LEAD', open: true },
      { stage: 'CLOSED_WON', open: false },
    ])
  })

  it('are scored by the database, with what their company and contact are', async () => {
    const tenant = await world.tenant('Scores')
    await flow.imported(tenant, 'Title,Value,Company,Contact,Email\nA,5,Acme,Jane,jane@acme.com\n')
    const score = async () =>
      (await tenant.systemCtx().db.queryOne<{ score: number }>(sql`select lead_score as score from deals`))?.score
    expect(await score()).toBe(30)
    await flow.imported(tenant, 'Name,Email,Job title\nJane,jane@acme.com,CEO\n', { kind: 'CONTACT' })
    expect(await score()).toBe(40)
  })

  it('are not looked through for scores when the file has changed no company and no contact', async () => {
    const tenant = await world.tenant('Same')
    await flow.imported(tenant, 'Title,Company,Email\nA,Acme,jane@acme.com\n')
    const statements = recordStatements()
    await flow.imported(tenant, 'Title,Company,Email\nA,Acme,jane@acme.com\nB,New,new@new.test\n')
    statements.stop()
    const heard = statements.take()
    expect(heard.filter((text) => text.includes('insert into import_changes')).length).toBeGreaterThan(0)
    expect(heard.filter((text) => text.includes('fit_score'))).toEqual([])
  })
})

describe('half a character', () => {
  it('where a preview is cut, or in a file of UTF-16, does not keep the file from coming in', async () => {
    const tenant = await world.tenant('Halves')
    const long = `${'x'.repeat(199)}😀 end`
    const cut = await flow.imported(tenant, `Title,Notes,${long}\nA,${long},\n`)
    expect(cut).toMatchObject({ state: 'SUCCEEDED', rowsCreated: 1 })
    expect(cut.preview).toMatchObject({ rows: [['A', `${'x'.repeat(199)}\uFFFD`, '']] })
    const half = Buffer.from('\uFEFFTitle\tPeople\nB\tJane \uD83D\n', 'utf16le')
    expect(await flow.imported(tenant, half)).toMatchObject({ state: 'SUCCEEDED', rowsCreated: 1 })
    const people = await tenant.systemCtx().db.query(sql`select name from contacts`)
    expect(people).toEqual([{ name: 'Jane \uFFFD' }])
  })
})

describe('a dry run', () => {
  it('counts what would happen, keeps the rejected rows, and changes nothing', async () => {
    const tenant = await world.tenant('Dry')
    await flow.imported(tenant, 'Id,Title,Value,Company\n1,A,1,Acme\n2,B,2,Acme\n')
    const everything = () =>
      tenant.systemCtx().db.query(sql`select (select json_agg(d order by d.id) from deals d) as deals,
        (select json_agg(c order by c.id) from companies c) as companies, (select json_agg(k order by k.id) from contacts k) as contacts,
        (select json_agg(s order by s.id) from stage_changes s) as history, (select count(*) from import_changes) as changes`)
    const before = await everything()
    const file = 'Id,Title,Value,Company,Contact\n1,A,9,Acme,\n2,B,2,,\n3,C,3,New one,Somebody\n4,,4,,\n3,C,3,,\n'
    const dry = await flow.started(tenant, file, { options: point, dryRun: true })
    const counts = { rowsRead: 5, rowsCreated: 1, rowsUpdated: 1, rowsUnchanged: 1, rowsRejected: 2 }
    expect(dry).toMatchObject({ state: 'SUCCEEDED', dryRun: true, ...counts })
    expect(dry.report).toMatchObject({ companies: { created: 1 }, contacts: { created: 1 } })
    expect(await everything()).toEqual(before)
    const rejected = await flow.textOf(tenant, dry.rejectedFileId)
    const real = await flow.started(tenant, file, { options: point })
    expect(real).toMatchObject({ dryRun: false, ...counts, sameAsImportId: null })
    expect(await flow.textOf(tenant, real.rejectedFileId)).toBe(rejected)
  })
})

describe('the style of a file', () => {
  it('is never guessed where it can be read in two ways: it waits for a person, even when told to go on', async () => {
    const tenant = await world.tenant('Style')
    const { importId } = await flow.upload(tenant, 'Title;Value;Close date\nA;1.250;04.09.2024\n', { start: 'auto' })
    const { preview } = await flow.settled(tenant, importId, ['MAPPING'])
    expect(preview?.options).toEqual({ decimal: null, dateOrder: null })
    const start = { mapping: importMapping.parse(preview?.mapping), options: { decimal: 'comma', dateOrder: 'dmy' } }
    await startDealImport(tenant.ctx('manager'), importId, startImport.parse(start))
    expect(await flow.settled(tenant, importId)).toMatchObject({ state: 'SUCCEEDED', rowsCreated: 1 })
    const [deal] = await tenant.systemCtx().db.query(sql`select value, expected_close_date as day from deals`)
    expect(deal).toEqual({ value: '1250.00', day: '2024-09-04' })
  })
})

describe('a saved source', () => {
  it('is proposed for the next file with the same headers, of the same kind and firm only', async () => {
    const [tenant, other] = [await world.tenant('Sources'), await world.tenant('Other')]
    const ctx = tenant.ctx('manager')
    const file = 'Wot;When\nA;04.09.2024\n'
    const options = { decimal: 'comma', dateOrder: 'dmy' } as const
    await flow.started(tenant, file, { mapping: ['title', 'expectedCloseDate'], options, saveAs: 'Old CRM' })
    // Known by its headers, it needs nobody to look at it.
    const next = await flow.imported(tenant, 'Wot;When\nB;05.09.2024\n')
    expect(next).toMatchObject({ rowsCreated: 1, preview: { source: { name: 'Old CRM' }, options } })
    for (const [whose, kind] of [
      [tenant, 'COMPANY'],
      [other, 'DEAL'],
    ] as const) {
      const { importId } = await flow.upload(whose, file, { kind, start: 'auto' })
      expect((await flow.settled(whose, importId, ['MAPPING'])).preview?.source).toBeNull()
    }
    const [source] = (await listImportSources(ctx, { limit: 10 })).data
    expect(source).toMatchObject({ name: 'Old CRM', headers: ['Wot', 'When'] })
    const sourceId = source?.id ?? ''
    await expect(updateImportSource(ctx, sourceId, { mapping: [null, 'title', 'value'] })).rejects.toMatchObject({
      code: 'validation_failed',
    })
    expect(await updateImportSource(ctx, sourceId, { name: 'New name' })).toMatchObject({ name: 'New name', options })
    await expect(deleteImportSource(other.ctx('owner'), sourceId)).rejects.toMatchObject({ code: 'not_found' })
    await deleteImportSource(ctx, sourceId)
    expect((await listImportSources(ctx, { limit: 10 })).data).toEqual([])
  })
})
