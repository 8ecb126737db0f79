import { buffer } from 'node:stream/consumers'
import { type DealImportView, dealPage, listDeals as listDealsQuery, startImport } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeals } from '../deals/index.ts'
import { type Flow, startFlow } from '../flow.testing.ts'
import { cancelDealImport, getDealImport, listDealImports, startDealImport } from './index.ts'

const maxRows = 25_000

let world: TestWorld
let flow: Flow
beforeAll(async () => {
  world = await createTestWorld()
  flow = startFlow(world, { maxRows })
})
afterAll(async () => {
  await flow.close()
  await world.close()
})

const imported = (tenant: TestTenant, content: string | Buffer) => flow.imported(tenant, content)
const settled: Flow['settled'] = (tenant, importId, states) => flow.settled(tenant, importId, states)
const upload = (tenant: TestTenant, content: string | Buffer, start: 'auto' | 'confirmed') =>
  flow.upload(tenant, content, { start })
const reasons = async (tenant: TestTenant) =>
  (await deals(tenant)).map(({ title, lostReason }) => [title, lostReason]).sort()
const rejectedText = (tenant: TestTenant, { rejectedFileId }: DealImportView) => flow.textOf(tenant, rejectedFileId)

const deals = async (tenant: TestTenant) =>
  dealPage.parse(JSON.parse(await listDeals(tenant.ctx('viewer'), listDealsQuery.parse({ limit: 100 })))).data

describe('an import of a good file', () => {
  it('creates companies, contacts and deals, and the same file again creates nothing', async () => {
    const tenant = await world.tenant('Twice')
    const file = [
      'Deal Name,Amount,Currency,Deal Stage,Close Date,Company,Website,Contact,Email,Deal owner,Notes',
      `Big one,"1,250.50",USD,Closed Won,2025-03-01,Acme,https://www.acme.com/about,Jane,JANE@acme.com,${tenant.members.member.email},"two\nlines"`,
      `Small one,10,,negotiation,,Acme,acme.com,Jane,jane@acme.com,,`,
      'Bare one,,,,,Solo,,Bob,,,',
    ].join('\r\n')
    const first = await imported(tenant, file)
    expect(first).toMatchObject({
      state: 'SUCCEEDED',
      rowsRead: 3,
      rowsCreated: 3,
      rowsUpdated: 0,
      rowsRejected: 0,
      rejectedFileId: null,
      sameAsImportId: null,
    })
    const byTitle = Object.fromEntries((await deals(tenant)).map((deal) => [deal.title, deal]))
    expect(byTitle['Big one']).toMatchObject({
      value: '1250.50',
      currency: 'USD',
      stage: 'CLOSED_WON',
      closedAt: '2025-03-01T00:00:00.000Z',
      company: { name: 'Acme', domain: 'acme.com' },
      contact: { name: 'Jane', email: 'jane@acme.com' },
      owner: { id: tenant.members.member.id },
      notes: 'two\nlines',
    })
    expect(byTitle['Small one']).toMatchObject({ currency: 'EUR', company: { id: byTitle['Big one']?.company?.id } })
    expect(byTitle['Bare one']).toMatchObject({
      value: '0.00',
      stage: 'LEAD',
      company: { name: 'Solo' },
      contact: { name: 'Bob' },
    })
    const second = await imported(tenant, file)
    expect(second).toMatchObject({
      state: 'SUCCEEDED',
      rowsCreated: 0,
      rowsUpdated: 0,
      rowsUnchanged: 3,
      sameAsImportId: first.id,
    })
    const counts = await tenant.ctx('viewer').db.query(sql`select (select count(*)::int from deals) as deals,
      (select count(*)::int from companies) as companies, (select count(*)::int from contacts) as contacts`)
    expect(counts).toEqual([{ deals: 3, companies: 2, contacts: 2 }])
  })

  it('updates deals by the id of the file, with history, and an empty cell wipes nothing out', async () => {
    const tenant = await world.tenant('Update')
    await imported(tenant, 'Id,Title,Value,Stage,Notes\n7,Old name,100,Lead,Keep me\n')
    const again = await imported(tenant, 'Id,Title,Value,Stage,Lost reason,Notes\n7,New name,,Lost,Price,\n')
    expect(again).toMatchObject({ rowsCreated: 0, rowsUpdated: 1 })
    const [deal] = await deals(tenant)
    expect(deal).toMatchObject({
      title: 'New name',
      value: '100.00',
      stage: 'CLOSED_LOST',
      lostReason: 'Price',
      notes: 'Keep me',
      version: 2,
    })
    const history = await tenant
      .ctx('viewer')
      .db.query(sql`select to_stage as "to" from stage_changes where deal_id = ${deal?.id}::uuid order by id`)
    expect(history).toEqual([{ to: 'LEAD' }, { to: 'CLOSED_LOST' }])
  })

  it('refuses a deal that was lost for no known reason, and names the column', async () => {
    const tenant = await world.tenant('Lost')
    const first = await imported(
      tenant,
      'Id,Title,Stage,Lost reason\n1,Known,Lost,Price\n2,Unknown,Lost,\n3,Open,Lead,\n',
    )
    expect(first).toMatchObject({ rowsCreated: 2, rowsRejected: 1 })
    expect(await rejectedText(tenant, first)).toContain('A lost deal needs a reason: “Lost reason” is empty.')
    // What is known of a deal already need not be said again.
    const second = await imported(tenant, 'Id,Title,Stage\n1,Known better,Lost\n3,Open,Lost\n')
    expect(second).toMatchObject({ rowsUpdated: 1, rowsRejected: 1 })
    expect(await rejectedText(tenant, second)).toContain('no column is mapped to it')
    expect(await reasons(tenant)).toEqual([
      ['Known better', 'Price'],
      ['Open', null],
    ])
  })

  it('takes one reason for all of a file, where neither the file nor the deal has one', async () => {
    const tenant = await world.tenant('Lost for one reason')
    await imported(tenant, 'Id,Title,Stage,Lost reason\n1,Known,Lost,Price\n2,Open,Lead,\n')
    const file =
      'Id,Title,Stage,Lost reason\n1,Known,Lost,\n2,Open,Lost,\n3,New,Lost,\n4,Said,Lost,Timing\n5,Won,Won,\n'
    const start = { options: { decimal: 'point', dateOrder: 'ymd' }, lostReason: 'Before our time' } as const
    const done = await flow.started(tenant, file, start)
    expect(done).toMatchObject({ rowsCreated: 3, rowsUpdated: 1, rowsUnchanged: 1, rowsRejected: 0 })
    expect(await reasons(tenant)).toEqual([
      ['Known', 'Price'],
      ['New', 'Before our time'],
      ['Open', 'Before our time'],
      ['Said', 'Timing'],
      ['Won', null],
    ])
    const history = await tenant
      .ctx('viewer')
      .db.query(sql`select reason from stage_changes s join deals d on d.id = s.deal_id
      where d.title in ('New', 'Open') and to_stage = 'CLOSED_LOST'`)
    expect(history).toEqual([{ reason: 'Before our time' }, { reason: 'Before our time' }])
    expect((await flow.started(tenant, file, start)).rowsUnchanged).toBe(5)
  })

  it('stays in its tenant, even when both have the same companies and ids', async () => {
    const [one, two] = [await world.tenant('One'), await world.tenant('Two')]
    const file = 'Id,Title,Company,Domain,Email\n1,Shared,Acme,acme.com,jane@acme.com\n'
    for (const tenant of [one, two]) expect(await imported(tenant, file)).toMatchObject({ rowsCreated: 1 })
    expect((await deals(one))[0]?.company?.id).not.toBe((await deals(two))[0]?.company?.id)
    await expect(
      getDealImport(two.ctx('owner'), (await listDealImports(one.ctx('viewer'), { limit: 1 })).data[0]?.id ?? ''),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  it.each([
    ['UTF-8 with a byte order mark', '\uFEFFTitle;Value\r\nGrün;1.250,50\r\n', 'utf8'],
    ['Windows-1252 from Excel', 'Titel;Betrag\r\nGrün;1.250,50\r\n', 'win1252'],
    ['UTF-16 LE', '\uFEFFTitle\tValue\nGrün\t"1250,50"\n', 'utf-16le'],
    ['UTF-16 BE', '\uFEFFTitle\tValue\nGrün\t1250,50\n', 'utf-16be'],
  ])('reads %s', async (_name, content, encoding) => {
    const tenant = await world.tenant('Encoding')
    expect(await imported(tenant, iconv.encode(content, encoding))).toMatchObject({
      state: 'SUCCEEDED',
      rowsCreated: 1,
    })
    expect((await deals(tenant))[0]).toMatchObject({ title: 'Grün', value: '1250.50' })
  })

  it('takes the first of two columns with the same name', async () => {
    const tenant = await world.tenant('Headers')
    expect(await imported(tenant, 'Title,Title,Value\nFirst,Second,5\n')).toMatchObject({ rowsCreated: 1 })
    expect((await deals(tenant))[0]?.title).toBe('First')
  })
})

describe('rows that cannot be taken', () => {
  it('come back as a CSV with the original columns, the line and the reason, safe to open', async () => {
    const tenant = await world.tenant('Rejects')
    const result = await imported(
      tenant,
      [
        'Title,Value,Date,Notes',
        'Good,1,2025-01-31,',
        ',5,,=1+1',
        '"Multi\nline",1,,',
        'Bad,(100.00),31/31/2025,',
        'Short,1',
        'Good,2,,',
      ].join('\n'),
    )
    expect(result).toMatchObject({ state: 'SUCCEEDED', rowsRead: 6, rowsCreated: 2, rowsRejected: 4 })
    const [header, ...lines] = (await rejectedText(tenant, result)).replace('\uFEFF', '').trimEnd().split('\r\n')
    expect(header).toBe('Title,Value,Date,Notes,_line,_reason')
    expect(lines[0]).toBe(",5,,'=1+1,3,The title is missing.")
    expect(lines[1]).toMatch(/^Bad,'\(100\.00\)|^Bad,\(100\.00\),31\/31\/2025,,6,/)
    expect(lines[2]).toMatch(/^Short,1,,,7,"?The row has 2 columns, the header has 4/)
    expect(lines[3]).toMatch(/Line 2 is the same deal/)
  })

  it('can be corrected and imported again, and every cell is what it was', async () => {
    const tenant = await world.tenant('Again')
    const notes = [
      '=1+1',
      '@here',
      "'=kept",
      '-5',
      '+49 30 1',
      '＝1+1',
      '\ttab',
      'two\nlines',
      'two\r\nlines',
      'a\rb, "c"',
    ]
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
    const rows = notes.map((note, n) => `=Deal ${n},bad,${quoted(note)}`)
    const first = await imported(tenant, `Title,Value,Notes\n${rows.join('\n')}\n`)
    expect(first).toMatchObject({ state: 'SUCCEEDED', rowsRejected: notes.length, rowsCreated: 0 })
    // Not corrected the first time, so that it is written, read and written once more.
    const second = await imported(tenant, await rejectedText(tenant, first))
    expect(second).toMatchObject({ state: 'SUCCEEDED', rowsRejected: notes.length, rowsCreated: 0 })
    const third = await imported(tenant, (await rejectedText(tenant, second)).replaceAll(',bad,', ',7,'))
    expect(third).toMatchObject({ state: 'SUCCEEDED', rowsRejected: 0, rowsCreated: notes.length })
    const found = (await deals(tenant)).map(({ title, notes }) => [title, notes])
    // A leading apostrophe before a formula is a spreadsheet's own way to write text; blanks at the ends are cut.
    const expected = notes.map((note, n) => [`=Deal ${n}`, note.replace(/^'=/, '=').trim()])
    expect(found.toSorted()).toEqual(expected.toSorted())
  })

  it('are 137 of 20,000, and the rest comes in', async () => {
    const tenant = await world.tenant('Large')
    const rows = Array.from({ length: 20_000 }, (_, i) => {
      const isBad = i % 146 === 0 && i < 137 * 146
      return `Deal ${i},${isBad ? '1e6' : `${i}.50`},EUR,Qualified,Company ${i % 300},person${i % 900}@company.test`
    })
    const result = await imported(tenant, `Title,Value,Currency,Stage,Company,Email\n${rows.join('\n')}\n`)
    expect(result).toMatchObject({ state: 'SUCCEEDED', rowsRead: 20_000, rowsCreated: 19_863, rowsRejected: 137 })
    expect((await rejectedText(tenant, result)).trimEnd().split('\r\n')).toHaveLength(138)
    const [job] = await tenant
      .ctx('viewer')
      .db.query(sql`select state::text as state, progress from jobs where id = ${result.jobId}::uuid`)
    expect(job).toMatchObject({ state: 'SUCCEEDED', progress: { total: result.sizeBytes } })
  })
})

describe('files that are refused', () => {
  it.each<[string, string | Buffer, string, number | undefined]>([
    ['an empty file', '', 'empty', undefined],
    ['a header and nothing else', 'Title,Value\n', 'no rows', 1],
    ['a quotation mark that is never closed', 'Title,Value\nA,1\n"B,2\nC,3\n', 'never closed', 3],
    ['text behind a quotation mark', 'Title,Value\nA,1\n"B" pipe,2\n', 'quotation mark', 3],
    ['a NUL byte', 'Title,Value\nA,1\nB\0,2\n', 'NUL', 3],
    ['a spreadsheet', Buffer.from('PK\x03\x04rest of a zip'), 'spreadsheet', undefined],
  ])('%s fails with the line, once, and nothing is stored', async (_name, content, message, line) => {
    const tenant = await world.tenant('Refused')
    const result = await imported(tenant, content)
    expect(result).toMatchObject({ state: 'FAILED', error: { message: expect.stringContaining(message) } })
    expect(result.error?.line).toBe(line)
    expect(await deals(tenant)).toEqual([])
    const [job] = await tenant
      .ctx('viewer')
      .db.query(sql`select state::text as state, failures from jobs where id = ${result.jobId}::uuid`)
    expect(job).toEqual({ state: 'SUCCEEDED', failures: 0 })
  })

  it('a fault far behind the first rows undoes the rows before it', async () => {
    const tenant = await world.tenant('Late')
    const rows = Array.from({ length: 3000 }, (_, i) => `Deal ${i},oops${i}`)
    const result = await imported(tenant, `Title,Value\n${rows.join('\n')}\n"never closed,1\n`)
    expect(result).toMatchObject({ state: 'FAILED', error: { line: 3002 }, rejectedFileId: null, rowsCreated: 0 })
    expect(await deals(tenant)).toEqual([])
  })

  it('more rows than are allowed', async () => {
    const tenant = await world.tenant('Rows')
    const rows = Array.from({ length: maxRows + 1 }, (_, i) => `D${i}`)
    expect(await imported(tenant, `Title,Value\n${rows.map((row) => `${row},1`).join('\n')}\n`)).toMatchObject({
      state: 'FAILED',
      error: { message: expect.stringContaining('rows') },
    })
    expect(await deals(tenant)).toEqual([])
  })
})

describe('an import that a person steers', () => {
  it('waits with a preview, refuses a bad mapping and takes a good one', async () => {
    const tenant = await world.tenant('Mapping')
    const ctx = tenant.ctx('manager')
    const { importId } = await upload(tenant, 'What;Worth;When\nA;1.000,00;03.04.2025\n', 'confirmed')
    const waiting = await settled(tenant, importId, ['MAPPING'])
    expect(waiting.preview).toMatchObject({
      delimiter: ';',
      headers: ['What', 'Worth', 'When'],
      mapping: [null, null, null],
    })
    const options = { decimal: 'comma', dateOrder: 'dmy' } as const
    for (const mapping of [[null, 'value', null], ['title', 'title', null], ['title']] as const)
      await expect(startDealImport(ctx, importId, startImport.parse({ mapping, options }))).rejects.toMatchObject({
        code: 'validation_failed',
      })
    await startDealImport(
      ctx,
      importId,
      startImport.parse({ mapping: ['title', 'value', 'expectedCloseDate'], options }),
    )
    expect(await settled(tenant, importId)).toMatchObject({ state: 'SUCCEEDED', rowsCreated: 1 })
    expect((await deals(tenant))[0]).toMatchObject({ value: '1000.00', expectedCloseDate: '2025-04-03' })
    await expect(
      startDealImport(ctx, importId, startImport.parse({ mapping: ['title', null, null], options })),
    ).rejects.toMatchObject({
      code: 'illegal_transition',
    })
    const states = await ctx.db.query<{ state: string }>(
      sql`select data->>'state' as state from events where type = 'deal_import.changed' order by seq`,
    )
    expect(states.map(({ state }) => state)).toEqual(['INSPECTING', 'MAPPING', 'QUEUED', 'RUNNING', 'SUCCEEDED'])
  })

  it('can be cancelled while it waits, and then not started', async () => {
    const tenant = await world.tenant('Cancel')
    const { importId } = await upload(tenant, 'Title,Value\nA,1\n', 'confirmed')
    await settled(tenant, importId, ['MAPPING'])
    expect(await cancelDealImport(tenant.ctx('manager'), importId)).toMatchObject({ state: 'CANCELLED' })
    const wish = startImport.parse({ mapping: ['title', null], options: { decimal: 'point', dateOrder: 'ymd' } })
    const start = startDealImport(tenant.ctx('manager'), importId, wish)
    await expect(start).rejects.toMatchObject({ code: 'illegal_transition' })
    await expect(cancelDealImport(tenant.ctx('manager'), importId)).rejects.toMatchObject({
      code: 'illegal_transition',
    })
  })
})

describe('an import that breaks off in the middle', () => {
  it('leaves nothing, and happens once when it is run again', async () => {
    const tenant = await world.tenant('Breaks')
    const rows = Array.from({ length: 5000 }, (_, i) => `Deal ${i},${i % 100 === 0 ? 'bad' : i},Company ${i % 50}`)
    const { importId, key } = await upload(tenant, `Title,Value,Company\n${rows.join('\n')}\n`, 'confirmed')
    const { preview } = await settled(tenant, importId, ['MAPPING'])
    flow.breaking.set(key, 2)
    const options = { decimal: 'point', dateOrder: 'ymd' }
    const wish = startImport.parse({ mapping: preview?.mapping ?? [], options })
    await startDealImport(tenant.ctx('manager'), importId, wish)
    const result = await settled(tenant, importId)
    expect(result).toMatchObject({ state: 'SUCCEEDED', rowsCreated: 4950, rowsRejected: 50 })
    const [facts] = await tenant.ctx('viewer').db.query(sql`select (select count(*)::int from deals) as deals,
      (select count(*)::int from files) as files, (select attempt from jobs where id = ${result.jobId}::uuid) as attempt`)
    expect(facts).toEqual({ deals: 4950, files: 2, attempt: 3 })
    expect((await buffer(await flow.storage.get(key))).byteLength).toBe(result.sizeBytes)
  })
})
