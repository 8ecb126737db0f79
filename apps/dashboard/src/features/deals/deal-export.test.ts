import { dealColumns, requestExport } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { exportOf } from './deal-export.ts'
import { readQuery } from './deal-query.ts'

const columnsOf = (shown: readonly string[], address = '') => exportOf(readQuery(new URLSearchParams(address)), shown)

it('what a list shows is in the file, own fields of the firm included, each column once, the id first', () => {
  expect(columnsOf(['title', 'company', 'owner', 'title', 'custom.area', 'nothing']).columns).toEqual([
    ...['id', 'title', 'companyName', 'companyDomain', 'ownerName', 'ownerEmail', 'custom.area'],
  ])
})
it('no column of a list is missing from a file', () => {
  for (const column of dealColumns) expect([column, columnsOf([column]).columns.length > 1]).toEqual([column, true])
})
it('the filter and the sort of the address go with it, in a form that the API takes', () => {
  const asked = columnsOf(
    ['title', 'custom.area'],
    'stage=LEAD&stage=QUALIFIED&custom=area:north&sort=value&reverse=true',
  )
  expect(asked).toMatchObject({ kind: 'DEAL', sort: 'value', reverse: true, filter: { stage: ['LEAD', 'QUALIFIED'] } })
  expect(requestExport.safeParse(asked).success).toBe(true)
})
