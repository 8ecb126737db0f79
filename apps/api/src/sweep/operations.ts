// What the OpenAPI document says can be asked, and every place in a request where an id can stand.
import * as z from 'zod'

export interface Place {
  in: 'path' | 'query' | 'body'
  /** In a body the way there: `items.*.dealId`, where `*` stands for any element. */
  name: string
  /** `id`: the schema asks for a uuid. `text`: anything may be said, as in a search. */
  holds: 'id' | 'text'
}

export interface Operation {
  /** `GET /tenant/v1/deals/{dealId}`, as samples.ts names it. */
  name: string
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  places: Place[]
  /** It gives pages and takes the cursor of the next one. */
  hasPages: boolean
}

const schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.unknown().optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  pattern: z.string().optional(),
  get properties() {
    return z.record(z.string(), schema).optional()
  },
  get items() {
    return schema.optional()
  },
  get anyOf() {
    return z.array(schema).optional()
  },
  get oneOf() {
    return z.array(schema).optional()
  },
  get allOf() {
    return z.array(schema).optional()
  },
})
type Schema = z.infer<typeof schema>

const described = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ name: z.string(), in: z.string(), schema: schema.default({}) })).default([]),
        requestBody: z.object({ content: z.record(z.string(), z.object({ schema })) }).optional(),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), schema) }),
})
const methods = z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE'])

/** Where uuids and free texts stand in a schema, as ways from its root. */
function waysIn(given: Schema, known: Record<string, Schema>, way: string[] = []): [string[], Place['holds']][] {
  const name = given.$ref?.replace('#/components/schemas/', '')
  const found = name === undefined ? given : known[name]
  if (!found) throw new Error(`the document does not describe ${name}`)
  const inside = [...(found.anyOf ?? []), ...(found.oneOf ?? []), ...(found.allOf ?? [])].flatMap((each) =>
    waysIn(each, known, way),
  )
  for (const [property, each] of Object.entries(found.properties ?? {}))
    inside.push(...waysIn(each, known, [...way, property]))
  if (found.items) inside.push(...waysIn(found.items, known, [...way, '*']))
  if (found.format === 'uuid') inside.push([way, 'id'])
  else if (found.type === 'string' && !found.enum && !found.format && !found.pattern) inside.push([way, 'text'])
  return inside
}

/** Every operation of the document. @throws ZodError when it is no such document */
export function readOperations(document: unknown): Operation[] {
  const { paths, components } = described.parse(document)
  const placesIn = (where: Place['in'], prefix: string[], given: Schema): Place[] =>
    waysIn(given, components.schemas, prefix).map(([way, holds]) => ({ in: where, name: way.join('.'), holds }))
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, { parameters, requestBody }]) => {
      const method = methods.parse(verb.toUpperCase())
      const places = parameters
        .filter(({ name }) => name !== 'cursor')
        .flatMap((parameter) =>
          parameter.in === 'path' || parameter.in === 'query'
            ? placesIn(parameter.in, [parameter.name], parameter.schema)
            : [],
        )
      const body = Object.values(requestBody?.content ?? {}).flatMap((content) => placesIn('body', [], content.schema))
      return {
        name: `${method} ${path}`,
        method,
        path,
        places: [...places, ...body],
        hasPages: parameters.some(({ name }) => name === 'cursor'),
      }
    }),
  )
}
