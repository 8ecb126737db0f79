// A run that complains of nothing says something only when the judge would have complained.
import { describe, expect, it } from 'vitest'
import type { Call } from './calls.ts'
import type { ApiDocument } from './document.ts'
import { operationsOf } from './document.ts'
import { compiler, complaintsOf } from './judge.ts'
import type { Answer } from './send.ts'

const item = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], additionalProperties: false }
const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const document: ApiDocument = {
  paths: { '/items': { post: { requestBody: json(item), responses: { 201: json(item), 204: {}, '4XX': json({}) } } } },
}
const [operation] = operationsOf(document)
if (!operation) throw new Error('the document has an operation')

const bodyOf = (value: unknown) => ({ type: 'application/json', bytes: () => Buffer.from(JSON.stringify(value)) })
const call: Call = { caller: 'owner', method: 'POST', url: '/items', headers: {}, body: bodyOf({ id: 'a' }) }
const created: Answer = {
  status: 201,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  text: '{"id":"a"}',
}
const refused = (message: string, status = 400): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'r' },
  text: JSON.stringify({ error: { code: 'bad_request', message, requestId: 'r' } }),
})
const kindsOf = (answer: Answer, made = call) =>
  complaintsOf(operation, made, answer, { validate: compiler(document), secrets: ['hush-hush'] }).map(
    ({ kind }) => kind,
  )

describe('the judge', () => {
  it.for([
    ['a success', created],
    ['a refusal', refused('The request could not be understood.')],
    ['nothing at all', { status: 204, headers: {}, text: '' }],
    ['a call that could not be sent', { status: -1, headers: {}, text: '' }],
  ] as const)('has nothing against %s', ([, answer]) => {
    expect(kindsOf(answer)).toEqual([])
  })

  it.for([
    ['a 500', refused('Something went wrong.', 500), 'status 500'],
    ['a status that is not declared', { ...created, status: 202 }, 'undeclared 202'],
    ['no answer', { status: 0, headers: {}, text: '' }, 'no answer'],
    ['another shape', { ...created, text: '{"id":1}' }, 'an answer that does not fit its schema'],
    ['a field too many', { ...created, text: '{"id":"a","hash":"x"}' }, 'an answer that does not fit its schema'],
    ['another content type', { ...created, headers: { 'content-type': 'text/html' } }, 'content type'],
    ['a refusal of another shape', { ...refused(''), text: '{"message":"no"}' }, 'shape of a refusal'],
    ['a refusal that is not JSON', { ...refused(''), text: 'no' }, 'shape of a refusal'],
    [
      'a refusal of a code that nobody knows',
      { ...refused(''), text: refused('').text.replace('bad_', 'odd_') },
      'shape of a refusal',
    ],
    ['a refusal as text', { ...refused(''), headers: { 'x-request-id': 'r' } }, 'content type of a refusal'],
    ['another request id', { ...refused(''), text: refused('').text.replace('"r"', '"s"') }, 'request id of a refusal'],
    ['a 405 that names no method', refused('', 405), '405 without Allow'],
    ['a secret', refused('it is hush-hush'), 'a secret'],
    ['a stack', refused('Error\n    at run (file:///x.js:1:2)'), 'a refusal tells a stack'],
    ['a path', refused('no such file /home/api/x'), 'a refusal tells a file path'],
    ['SQL', refused('select * from users where id = $1'), 'a refusal tells SQL or the words of the database'],
    ['the database', refused('violates unique constraint "x"'), 'a refusal tells SQL or the words of the database'],
    ['a library', refused('PrismaClientKnownRequestError'), 'a refusal tells the name of a library'],
    [
      'an error of the language',
      refused('Cannot read properties of undefined'),
      'a refusal tells the words of a JavaScript error',
    ],
  ] as const)('complains of %s', ([, answer, kind]) => {
    expect(kindsOf(answer)).toContain(kind)
  })

  it('complains of a write that took a field it does not know', () => {
    expect(kindsOf(created, { ...call, body: bodyOf({ id: 'a', tenantId: 'b' }) })).toEqual(['took an unknown field'])
  })

  it('lets a server close on ten megabytes', () => {
    expect(kindsOf({ status: 0, headers: {}, text: '' }, { ...call, body: bodyOf('a'.repeat(10_000_000)) })).toEqual([])
  })
})
