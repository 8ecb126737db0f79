import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { openPlaces } from './closed-schemas.ts'

const open = z.object({ name: z.string() })
const closed = z.strictObject({ name: z.string() })

describe('a schema of what comes in', () => {
  it.for([
    ['an object', closed],
    ['an object made strict', open.strict()],
    ['what has been extended', closed.extend({ more: z.number() })],
    ['optional parts', z.strictObject({ inner: closed.nullish(), list: z.array(closed).default([]) }).partial()],
    ['a map of closed objects', z.record(z.string(), closed)],
    ['raw bytes', z.instanceof(Buffer)],
  ] as const)('is closed as %s', ([, schema]) => {
    expect(openPlaces(schema, 'body')).toEqual([])
  })

  it.for([
    ['the object itself', open, 'body drops'],
    ['a loose object', z.looseObject({ name: z.string() }), 'body takes any field'],
    ['a field', z.strictObject({ inner: open }), 'body.inner drops'],
    ['what may be missing', z.strictObject({ inner: open.nullable().optional() }), 'body.inner drops'],
    ['a default', z.strictObject({ inner: open.default({ name: 'x' }) }), 'body.inner drops'],
    ['an item', z.strictObject({ list: z.array(open) }), 'body.list[] drops'],
    ['an item of a tuple', z.tuple([closed, open]), 'body[] drops'],
    ['a value of a map', z.record(z.string(), open), 'body.* drops'],
    ['one way of several', z.union([z.null(), closed, open]), 'body drops'],
    ['a discriminated way', z.discriminatedUnion('k', [z.object({ k: z.literal('a') })]), 'body drops'],
    ['a side of an intersection', z.intersection(closed, open), 'body drops'],
    ['what is preprocessed', z.preprocess((value) => value, open), 'body drops'],
    ['what is transformed', open.transform(({ name }) => name), 'body drops'],
    ['what is refined', open.refine(() => true), 'body drops'],
    ['what is read only', z.strictObject({ inner: open.readonly() }), 'body.inner drops'],
    ['what is looked up late', z.lazy(() => open), 'body drops'],
    ['anything at all', z.strictObject({ inner: z.unknown() }), 'body.inner takes anything'],
  ] as const)('is open when it is %s', ([, schema, complaint]) => {
    expect(openPlaces(schema, 'body')).toEqual([expect.stringContaining(complaint)])
  })

  it('may contain itself', () => {
    const node: z.ZodType = z.strictObject({
      get next() {
        return node.optional()
      },
    })
    expect(openPlaces(node, 'body')).toEqual([])
  })
})
