import { createHash } from 'node:crypto'
import { importReport, type RecordKind } from '@throughline/contracts'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDuplicates } from '../duplicates/index.ts'
import { type Flow, startFlow } from '../flow.testing.ts'

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

const options = { decimal: 'point', dateOrder: 'ymd' } as const
const told = async (tenant: TestTenant, file: string, kind: RecordKind, dryRun = true) => {
  const { report, rowsCreated, rowsRejected } = await flow.started(tenant, file, { options, dryRun }, { kind })
  const { count, examples, partial } = importReport.parse(report).duplicates
  const lines = examples.map(({ line, name, reason, record, otherLine }) =>
    [line, name, reason, record.name, record.id ? 'there' : otherLine].join(' | '),
  )
  return { count, lines, partial, rowsCreated, rowsRejected }
}
/** A firm that knows some, beside one that knows others. */
async function firms(): Promise<TestTenant> {
  const [firm, neighbour] = [await world.tenant('Firm'), await world.tenant('Neighbour')]
  await flow.imported(firm, 'Name,Domain\nInitech GmbH,initech.test\nVandelay Industries,vandelay.test\n', {
    kind: 'COMPANY',
  })
  await flow.imported(firm, 'Name,Email,Other emails,Company\nJane Doe,jane@initech.test,jd@home.test,Initech GmbH\n', {
    kind: 'CONTACT',
  })
  await flow.imported(neighbour, 'Name,Domain\nUmbrella AG,umbrella.test\n', { kind: 'COMPANY' })
  await flow.imported(neighbour, 'Name,Email\nMaria Schmidt,maria@umbrella.test\n', { kind: 'CONTACT' })
  return firm
}

describe('an import warns of what looks like something that is there', () => {
  it('companies by the rule of creating one, with their line, in the dry run and in the result, and takes the rows', async () => {
    const firm = await firms()
    const file =
      'Name,Domain\nINITECH Inc.,initech.example\nVandeley Industries,v.example\nUmbrella Ltd,u.example\nInitech GmbH,initech.test\nFund 2,f2.example\nFund 3,f3.example\n'
    const lines = [
      '2 | INITECH Inc. | similar_name | Initech GmbH | there',
      '3 | Vandeley Industries | similar_name | Vandelay Industries | there',
    ]
    // Umbrella is another firm's, line 5 is the very company, and funds are told apart by their number.
    const expected = { count: 2, lines, partial: false, rowsCreated: 5, rowsRejected: 0 }
    expect(await told(firm, file, 'COMPANY')).toEqual(expected)
    expect(await told(firm, file, 'COMPANY', false)).toEqual(expected)
    const { data } = await listDuplicates(firm.ctx('manager'), { kind: 'company', limit: 10, cursor: undefined })
    expect(data.map(({ newer, older }) => `${newer.name} | ${older.name}`).toSorted()).toEqual([
      'INITECH Inc. | Initech GmbH',
      'Vandeley Industries | Vandelay Industries',
    ])
  })

  it('contacts by any e-mail, or by name where they may be of the same company', async () => {
    const firm = await firms()
    const file =
      'Name,Email,Other emails,Company,Website\nDoe Jane,j@new.test,,Initech GmbH,initech.test\nJane Doe,j2@new.test,,Vandelay Industries,vandelay.test\nSomebody Else,s@new.test,jd@home.test,,\nMaria Schmidt,m@new.test,,,\n'
    expect(await told(firm, file, 'CONTACT')).toMatchObject({
      lines: ['2 | Doe Jane | similar_name | Jane Doe | there', '4 | Somebody Else | same_email | Jane Doe | there'],
      rowsCreated: 4,
    })
  })

  it('also of what a deal brings along: its company and its people', async () => {
    const firm = await firms()
    const file =
      'Title,Company,Contact,Email,People\nA,Initech Ltd,Jane Do,,\nB,Initech Ltd,,,Somebody <jd@home.test> (lawyer)\nC,Vandelay Industries,,,\n'
    expect(await told(firm, file, 'DEAL')).toMatchObject({
      lines: ['2 | Initech Ltd | similar_name | Initech GmbH | there'],
    })
  })
})

describe('an import warns of what looks like an earlier line', () => {
  it('and says which, once a line', async () => {
    const firm = await world.tenant('Inside')
    const file = 'Name,Domain\nPied Piper,a.test\nHooli,b.test\nPied Piper GmbH,c.test\nPied-Piper,d.test\n'
    expect(await told(firm, file, 'COMPANY')).toMatchObject({
      count: 2,
      lines: ['4 | Pied Piper GmbH | similar_name | Pied Piper | 2', '5 | Pied-Piper | similar_name | Pied Piper | 2'],
    })
  })
})

it('compares the first 10,000 names of a large file, and says that there are more', async () => {
  const firm = await world.tenant('Many')
  // Letters only: names with different digits are never alike.
  const word = (n: number) => createHash('md5').update(String(n)).digest('hex').replaceAll(/[0-9]/g, 'o').slice(0, 9)
  const rows = Array.from({ length: 10_001 }, (_, n) => `${word(n)} ${word(-n)},c${n}.test`)
  const file = `Name,Domain\n${rows.join('\n')}\n${rows[0]?.replace(',', ' GmbH,g')}\n`
  const { partial, rowsCreated } = await told(firm, file, 'COMPANY')
  expect({ partial, rowsCreated }).toEqual({ partial: true, rowsCreated: 10_002 })
})
