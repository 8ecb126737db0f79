import { expect, it } from 'vitest'
import { filterText, queryText, readQuery, withChanges, withoutFilter } from './deal-query.ts'

const read = (text: string) => readQuery(new URLSearchParams(text))

it('reads what the API takes, and tells what it does not', () => {
  const { params, sort, reverse, dropped } = read(
    'stage=LEAD&stage=WON&stage=QUALIFIED&scoreMin=40&scoreMax=many&sort=value&reverse=true&colour=red&deal=1&q=',
  )
  expect(params).toEqual({ stage: ['LEAD', 'QUALIFIED'], scoreMin: ['40'] })
  expect([sort, reverse]).toEqual(['value', true])
  expect(dropped).toEqual(['stage=WON', 'scoreMax=many', 'colour'])
})

it('takes the last of what can be there once only, and each of a list once', () => {
  expect(read('q=old&q=new&tag=a&tag=a').params).toEqual({ q: ['new'], tag: ['a'] })
})

it('writes equal wishes in one way, whatever order they were typed in', () => {
  const one = queryText(read('tag=key+account&stage=LEAD&sort=score'))
  const other = queryText(read('sort=score&stage=LEAD&tag=key%20account&deal=x'))
  expect(one).toBe(other)
  expect(readQuery(new URLSearchParams(one)).params).toEqual({ stage: ['LEAD'], tag: ['key account'] })
})

it('says nothing for all deals, newest first', () => {
  expect(queryText(read('sort=newest&reverse=false'))).toBe('')
  expect(filterText({})).toBe('')
})

it('changes some parameters and keeps the others', () => {
  const search = new URLSearchParams('stage=LEAD&stage=QUALIFIED&q=x&sort=value')
  expect(withChanges(search, { stage: ['NEGOTIATION'], q: null, valueMin: '5' }).toString()).toBe(
    'sort=value&stage=NEGOTIATION&valueMin=5',
  )
  expect(withoutFilter(search).toString()).toBe('sort=value')
})
