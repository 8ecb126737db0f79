import { dealColumns } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { exportColumns } from './view-columns.ts'

it('what a list shows is in the file, each column once, the id first', () => {
  expect(exportColumns(['title', 'company', 'owner', 'title', 'custom.area', 'nothing'])).toEqual([
    ...['id', 'title', 'companyName', 'companyDomain', 'ownerEmail', 'custom.area'],
  ])
})
it('no column of a list is missing from a file', () => {
  for (const column of dealColumns) expect([column, exportColumns([column]).length > 1]).toEqual([column, true])
})
