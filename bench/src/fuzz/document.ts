// What the API says of itself: the one thing that the fuzz run knows about it.

export interface JsonSchema {
  $ref?: string
  type?: string
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
}

type Content = Record<string, { schema?: JsonSchema }>
interface Parameter {
  in: 'path' | 'query' | 'header' | 'cookie'
  name: string
  required?: boolean
  schema?: JsonSchema
}
interface Described {
  parameters?: Parameter[]
  requestBody?: { content?: Content }
  responses: Record<string, { content?: Content }>
}
export interface ApiDocument {
  paths: Record<string, Record<string, Described>>
}

export interface Operation {
  /** `POST /tenant/v1/deals` */
  name: string
  method: string
  path: string
  parameters: Parameter[]
  body: { type: string; schema: JsonSchema } | undefined
  responses: Described['responses']
}

/** Every operation that the document declares. */
export function operationsOf({ paths }: ApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([verb, described]): Operation => {
      const method = verb.toUpperCase()
      const [type, body] = Object.entries(described.requestBody?.content ?? {})[0] ?? []
      return {
        name: `${method} ${path}`,
        method,
        path,
        parameters: described.parameters ?? [],
        body: type === undefined ? undefined : { type, schema: body?.schema ?? {} },
        responses: described.responses,
      }
    }),
  )
}

/** What is declared for a status, exactly or as one of a range like `4XX`. */
export function declaredFor({ responses }: Operation, status: number): { key: string; content: Content } | undefined {
  const range = `${Math.floor(status / 100)}XX`
  const key = Object.keys(responses).find((one) => one === String(status) || one.toUpperCase() === range)
  return key === undefined ? undefined : { key, content: responses[key]?.content ?? {} }
}

/** The schema that a `$ref` names. @throws when the document has none */
export function schemaAt(document: ApiDocument, ref: string): JsonSchema {
  let found: unknown = document
  for (const step of ref.replace(/^#\//, '').split('/'))
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[step] : undefined
  if (found === undefined) throw new Error(`the document has no ${ref}`)
  return found as JsonSchema
}
