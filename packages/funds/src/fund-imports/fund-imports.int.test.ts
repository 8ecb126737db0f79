import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { sql } from '@throughline/db'
import { csvLine } from '@throughline/storage'
import { createTestWorld, naughtyStrings, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { makeIssuedCall } from '../receivables/testing.ts'
import { getReconciliation, reconcileFund, requestReconciliation } from '../reconciliation/index.ts'
import { ranHere } from '../testing.ts'
import { commitFundImport, getFundImport, listFundImports } from './index.ts'
import { importsOf } from './testing.ts'

const require = createRequire(import.meta.url)
let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let imports: ReturnType<typeof importsOf>
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  imports = importsOf(world, acme)
})
afterAll(() => world?.close())

let funds = 0
async function aFund(commitments = ['1000.00', '1000.00', '1000.00']): Promise<TestFund & { name: string }> {
  funds += 1
  const name = `Fund ${funds}`
  return { ...(await makeTestFund(acme.ctx('manager'), commitments, { name })), name }
}
const rowsOf = <Row extends object>(statement: ReturnType<typeof sql>) => acme.systemCtx().db.query<Row>(statement)
const bank = { kind: 'BANK_RECEIPTS' } as const
const header = 'Bank reference,Account,Value date,Amount,Text,Payer'

describe('a file of bank receipts', () => {
  it('is read row by row, changes nothing by itself, and is booked when it is committed', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(acme.ctx('manager'), fund, ['100.00', '100.00', '100.00'])
    const [one, two] = call.lines
    const file = `${header}\nB-1,DE1,2026-03-20,100.00,${one?.reference},First\nB-2,DE1,2026-03-21,40.50,${two?.reference},Second\n`
    const read = await imports.read(fund.id, file, bank)
    expect(read).toMatchObject({ state: 'READY', rowsRead: 2, rowsRefused: 0, preview: { sum: '140.50', known: 0 } })
    expect(await rowsOf(sql`select 1 from bank_receipts where fund_id = ${fund.id}::uuid`)).toEqual([])
    expect(await imports.committed(read.id, fund.name)).toMatchObject({ state: 'COMMITTED', rowsRead: 2, error: null })
    expect(
      await rowsOf(sql`select applied from capital_call_lines where call_id = ${call.id}::uuid order by reference`),
    ).toEqual([{ applied: '100.00' }, { applied: '40.50' }, { applied: '0.00' }])
    const ctx = acme.ctx('manager')
    const { id: runId } = await requestReconciliation(ctx, fund.id, {})
    await ranHere(ctx, { runId }, reconcileFund)
    const run = await getReconciliation(ctx, runId)
    // The call was made without components and their proofs.
    expect(run.checks.filter(({ breaks }) => breaks > 0)).toEqual([])
  })

  it('does nothing when the very same file comes again, also when it comes twice at once', async () => {
    const fund = await aFund()
    const file = `${header}\nB-1,DE1,2026-03-20,100.00,Thanks,First\n`
    const [first, second] = [await imports.read(fund.id, file, bank), await imports.read(fund.id, file, bank)]
    await imports.committed(first.id, fund.name)
    await expect(commitFundImport(acme.ctx('manager'), second.id, { confirmation: fund.name })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await imports.accepted(fund.id, file, bank)).toMatchObject({
      ...{ alreadyImported: true, import: { id: first.id, state: 'COMMITTED' } },
    })
    expect(await rowsOf(sql`select amount from bank_receipts where fund_id = ${fund.id}::uuid`)).toHaveLength(1)
  })

  it('counts bookings that were recorded before, and takes the others', async () => {
    const fund = await aFund()
    const one = 'B-1,DE1,2026-03-20,100.00,Thanks,First\n'
    await imports.committed((await imports.read(fund.id, `${header}\n${one}`, bank)).id, fund.name)
    const read = await imports.read(fund.id, `${header}\n${one}B-2,DE1,2026-03-21,5.00,Thanks,First\n`, bank)
    expect(read).toMatchObject({ state: 'READY', preview: { known: 1 } })
    await imports.committed(read.id, fund.name)
    expect(await rowsOf(sql`select amount from bank_receipts where fund_id = ${fund.id}::uuid`)).toHaveLength(2)
  })

  it.each([
    ['(100.00)', 'brackets'],
    ['1e6', 'scientific'],
    ['(-100.00)', 'brackets'],
    ['-0.00', 'not above zero'],
    ['-1e6', 'scientific'],
    ['$100.00', 'not converted'],
    ['USD 100.00', 'USD'],
    ['0.00', 'not above zero'],
    ['=1+1', 'not a number'],
    ['1.005', 'two decimals'],
  ])('refuses the amount %s in words, and nothing can be committed', async (amount, why) => {
    const fund = await aFund()
    const read = await imports.read(
      fund.id,
      `${header}\nB-1,DE1,2026-03-20,50.25,x,y\n"B-2",DE1,2026-03-20,"${amount}",x,y\n`,
      bank,
    )
    expect(read).toMatchObject({ state: 'REFUSED', rowsRead: 2, rowsRefused: 1 })
    expect(read.preview?.refused[0]).toMatchObject({ line: 3, reasons: [expect.stringMatching(new RegExp(why, 'i'))] })
    await expect(commitFundImport(acme.ctx('manager'), read.id, { confirmation: fund.name })).rejects.toMatchObject({
      code: 'illegal_transition',
    })
  })

  it('skips what the bank took away, says so of each row, and books the others', async () => {
    const fund = await aFund()
    const file = `${header}\nB-1,DE1,2026-03-20,100.00,Thanks,First\nB-2,DE1,2026-03-21,-12.50,Fee,\nB-3,DE1,2026-03-21,€ -7.00,,\n`
    const read = await imports.read(fund.id, file, bank)
    expect(read).toMatchObject({ state: 'READY', rowsRead: 3, rowsRefused: 0, preview: { sum: '100.00', refused: [] } })
    expect(read.preview?.skipped).toMatchObject({
      count: 2,
      rows: [
        { line: 3, reasons: [expect.stringContaining('no receipt')] },
        { line: 4, reasons: [expect.stringContaining('skipped')] },
      ],
    })
    expect(read.preview?.rows.map(({ reasons }) => reasons.length)).toEqual([0, 1, 1])
    await imports.committed(read.id, fund.name)
    expect(await rowsOf(sql`select bank_reference from bank_receipts where fund_id = ${fund.id}::uuid`)).toEqual([
      { bank_reference: 'B-1' },
    ])
    expect(await rowsOf(sql`select kind from payments where fund_id = ${fund.id}::uuid and kind <> 'RECEIPT'`)).toEqual(
      [],
    )
  })

  it('names the receipt that may have bounced by its reference, never by the amount alone, and books nothing of it', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(acme.ctx('manager'), fund, ['100.00', '50.00'])
    const reference = call.lines[0]?.reference ?? ''
    const paid = await imports.read(
      fund.id,
      `${header}\nB-7,DE1,2026-03-20,100.00,${reference},\nB-8,DE1,2026-03-20,50.00,${call.lines[1]?.reference},\n`,
      bank,
    )
    await imports.committed(paid.id, fund.name)
    const rows = [
      'B-7,DE1,2026-03-25,-100.00,,',
      `X-1,DE1,2026-03-25,-100.00,Return of ${reference},`,
      'X-2,DE1,2026-03-25,-50.00,RETURN B-8,',
      'X-3,DE1,2026-03-25,-100.00,Wire,',
      'B-7,DE1,2026-03-19,-100.00,Before it came,',
      'B-7,DE2,2026-03-25,-100.00,Of another account,',
    ]
    const read = await imports.read(fund.id, `${header}\n${rows.join('\n')}\n`, bank)
    const proposals = read.preview?.skipped.rows.map(({ reasons }) => /take back (\S+) of/.exec(reasons.join())?.[1])
    expect(proposals).toEqual(['B-7', 'B-7', 'B-8', undefined, undefined, undefined])
    await imports.committed(read.id, fund.name)
    const states = sql`select distinct state::text as state from bank_receipts where fund_id = ${fund.id}::uuid`
    expect(await rowsOf(states)).toEqual([{ state: 'MATCHED' }])
  })

  it('refuses what the file says twice, with the earlier line, and rows about another fund', async () => {
    const fund = await aFund()
    const row = 'B-1,DE1,2026-03-20,50.25,x,y'
    const read = await imports.read(
      fund.id,
      `Fund,${header}\n${fund.name},${row}\n${fund.name},${row}\nOther,B-3,DE1,2026-03-20,1.50,x,y\n`,
      bank,
    )
    expect(read.preview?.refused.map(({ line, reasons }) => [line, reasons])).toEqual([
      [3, [expect.stringContaining('Line 2')]],
      [4, [expect.stringContaining('another fund')]],
    ])
  })

  it('with a byte order mark, semicolons, a decimal comma and line breaks in cells is read as it is', async () => {
    const fund = await aFund()
    const file =
      '\uFEFFBuchungsreferenz;Konto;Wertstellung;Betrag;Verwendungszweck\r\nB-1;DE1;20.03.2026;1.250,50 €;"two\nlines"\r\n'
    const read = await imports.read(fund.id, file, bank)
    expect(read).toMatchObject({
      state: 'READY',
      options: { decimal: 'comma', dateOrder: 'dmy' },
      preview: { sum: '1250.50' },
    })
    await imports.committed(read.id, fund.name)
    expect(await rowsOf(sql`select text, value_date from bank_receipts where fund_id = ${fund.id}::uuid`)).toEqual([
      { text: 'two\nlines', value_date: '2026-03-20' },
    ])
  })

  it('whose amounts or days can be read in two ways waits for somebody to say how', async () => {
    const fund = await aFund()
    const read = await imports.read(fund.id, `${header}\nB-1,DE1,04/09/2026,"1,250",x,y\n`, bank)
    expect(read).toMatchObject({ state: 'REFUSED', preview: { problem: expect.stringContaining('two ways') } })
    const day = { dateOrder: 'mdy' } as const
    expect(await imports.readAgain(read.id, { decimal: 'point', ...day })).toMatchObject({
      ...{ state: 'READY', preview: { problem: null, sum: '1250.00' } },
    })
    expect(await imports.readAgain(read.id, { decimal: 'comma', ...day })).toMatchObject({ rowsRefused: 1 })
  })

  it('without a column that it needs says which, and one that is no table says why', async () => {
    const fund = await aFund()
    const lacks = await imports.read(fund.id, 'Account,Amount\nDE1,5.00\n', bank)
    expect(lacks.preview?.problem).toMatch(/"bank reference".*"value date"/)
    const empty = await imports.read(fund.id, `${header}\n`, bank)
    expect(empty).toMatchObject({ state: 'FAILED', error: { message: expect.stringContaining('no rows') } })
  })

  it('keeps the naughty strings and the cells of csv-spectrum as they are', async () => {
    const fund = await aFund()
    const home = path.join(path.dirname(require.resolve('csv-spectrum')), 'json')
    const spectrum = readdirSync(home).flatMap((file) =>
      [...readFileSync(path.join(home, file), 'utf8').matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([text]) =>
        String(JSON.parse(text)),
      ),
    )
    const texts = [...naughtyStrings, ...spectrum]
      .map((text) => text.trim().toWellFormed())
      .filter((text) => !text.includes('\0') && text !== '' && text.length <= 500)
    const lines = texts.map((text, n) => csvLine([`B-${n}`, 'DE1', '2026-03-20', '5.25', text, '']))
    const read = await imports.read(fund.id, `${header}\n${lines.join('')}`, bank)
    expect(read).toMatchObject({ state: 'READY', rowsRead: texts.length })
    await imports.committed(read.id, fund.name)
    const kept = await rowsOf<{ text: string }>(
      sql`select text from bank_receipts where fund_id = ${fund.id}::uuid order by split_part(bank_reference, '-', 2)::int`,
    )
    expect(kept.map(({ text }) => text)).toEqual(texts)
  })
})

describe('a file of commitments', () => {
  const wish = (createInvestors = false) => ({ kind: 'COMMITMENTS', options: { createInvestors } }) as const
  const columns = 'Investor,Name,Close,Close date,Amount,Fee free'

  it('finds investors by code or name, and makes them only when it is told to', async () => {
    const fund = await aFund(['10.00'])
    const [known] = await rowsOf<{ code: string; name: string }>(
      sql`select code, name from investors where id = ${fund.investors[0]?.id ?? ''}::uuid`,
    )
    const file = `${columns}\n${known?.name},,Second,2026-01-15,100.50,no\nLP-N${funds},New One,Second,2026-01-15,50.00,yes\n`
    const refused = await imports.read(fund.id, file, wish())
    expect(refused.preview?.refused).toMatchObject([{ line: 3, reasons: [expect.stringContaining('not known')] }])
    const read = await imports.readAgain(refused.id, { createInvestors: true })
    expect(read).toMatchObject({ state: 'READY', preview: { sum: '150.50' } })
    await imports.committed(read.id, fund.name)
    expect(
      await rowsOf(
        sql`select commitment, fee_free as free from fund_positions where fund_id = ${fund.id}::uuid order by 1`,
      ),
    ).toEqual([
      { commitment: '50.00', free: '50.00' },
      { commitment: '110.50', free: '0.00' },
    ])
  })

  it('refuses one investor twice in a close, in the file by whatever name and with what is there', async () => {
    const fund = await aFund(['10.00'])
    const [known] = await rowsOf<{ code: string; name: string }>(
      sql`select code, name from investors where id = ${fund.investors[0]?.id ?? ''}::uuid`,
    )
    const file = `${columns}\n${known?.code},,Second,2026-01-15,1.50,\n${known?.name},,second,2026-01-15,2.50,\n${known?.code},,First close,2026-01-15,3.50,\n`
    const read = await imports.read(fund.id, file, wish())
    expect(read.preview?.refused.map(({ line }) => line)).toEqual([3, 4])
  })

  it('with a wrong row at its very end commits nothing, also when the row went wrong after it was read', async () => {
    const fund = await aFund(['10.00'])
    const [known] = await rowsOf<{ code: string }>(
      sql`select code from investors where id = ${fund.investors[0]?.id ?? ''}::uuid`,
    )
    const file = `${columns}\nLP-A${funds},A,Second,2026-01-15,1.50,\n${known?.code},,Second,2026-01-15,2.50,\n`
    const read = await imports.read(fund.id, file, wish(true))
    expect(read.state).toBe('READY')
    const other = await imports.read(fund.id, `${columns}\n${known?.code},,Second,2026-01-15,9.50,\n`, wish())
    await imports.committed(other.id, fund.name)
    expect(await imports.committed(read.id, fund.name)).toMatchObject({
      ...{ state: 'FAILED', error: { line: 3, message: expect.stringContaining('already') } },
    })
    expect(await rowsOf(sql`select amount from commitments where fund_id = ${fund.id}::uuid order by 1`)).toEqual([
      { amount: '9.50' },
      { amount: '10.00' },
    ])
    expect(await rowsOf(sql`select 1 from investors where code = ${`LP-A${funds}`}`)).toEqual([])
  })
})

describe('a file of allocations', () => {
  const aDeal = async (title: string, stage = 'CLOSED_WON') => {
    const [row] = await rowsOf<{
      id: string
    }>(sql`insert into deals (tenant_id, id, title, value, currency, stage, closed_at)
      values (${acme.id}::uuid, uuidv7(), ${title}, 400, 'EUR', ${stage}::"DealStage", ${stage === 'LEAD' ? null : new Date()}) returning id`)
    return row?.id ?? ''
  }
  const wish = (restTo: string | null = null) => ({ kind: 'ALLOCATIONS', options: { restTo } }) as const

  it('in per cent has to come to 100.00, or names who takes the rest', async () => {
    const fund = await aFund()
    const [lp] = await rowsOf<{ code: string }>(
      sql`select code from investors where id = ${fund.investors[0]?.id ?? ''}::uuid`,
    )
    const dealId = await aDeal(`Bridge ${funds}`)
    const file = `Deal,Percent\nBridge ${funds},60.5\n`
    const short = await imports.read(fund.id, file, wish())
    expect(short.preview?.refused[0]?.reasons[0]).toContain('39.50 % is missing')
    const read = await imports.readAgain(short.id, { restTo: lp?.code ?? '' })
    expect(read.state).toBe('READY')
    expect(await imports.committed(read.id, fund.name)).toMatchObject({ state: 'COMMITTED', error: null })
    expect(await rowsOf(sql`select amount from allocations where deal_id = ${dealId}::uuid order by amount`)).toEqual([
      { amount: '158.00' },
      { amount: '242.00' },
    ])
  })

  it('refuses deals that nobody knows or has won, and investors that nobody knows', async () => {
    const fund = await aFund()
    await aDeal(`Open ${funds}`, 'LEAD')
    const file = `Deal,Investor,Amount\nNowhere,,5.00\nOpen ${funds},,5.00\nNowhere,Nobody,6.00\n`
    const read = await imports.read(fund.id, file, wish())
    expect(read.preview?.refused.map(({ reasons }) => reasons.join(' '))).toEqual([
      expect.stringContaining('not known'),
      expect.stringContaining('not won'),
      expect.stringContaining('"Nobody" is not known'),
    ])
  })

  it('that a desk refuses says which line, and changes nothing', async () => {
    const fund = await aFund(['100.00'])
    const dealId = await aDeal(`Large ${funds}`)
    const read = await imports.read(fund.id, `Deal,Amount,Tranche\n${dealId},60.00,1\n${dealId},60.00,2\n`, wish())
    expect(await imports.committed(read.id, fund.name)).toMatchObject({
      ...{ state: 'FAILED', error: { line: 3, message: expect.stringContaining('40.00') } },
    })
    expect(await rowsOf(sql`select 1 from allocations where deal_id = ${dealId}::uuid`)).toEqual([])
  })
})

describe('another firm', () => {
  it('sees no file and commits none, and a wrong name confirms nothing', async () => {
    const fund = await aFund()
    const read = await imports.read(fund.id, `${header}\nB-1,DE1,2026-03-20,50.25,x,y\n`, bank)
    await expect(getFundImport(globex.ctx('owner'), read.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(listFundImports(globex.ctx('owner'), fund.id, { limit: 5 })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(commitFundImport(globex.ctx('owner'), read.id, { confirmation: fund.name })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(commitFundImport(acme.ctx('manager'), read.id, { confirmation: 'x' })).rejects.toMatchObject({
      code: 'unprocessable',
    })
  })
})
