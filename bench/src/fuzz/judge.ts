// What is wrong with an answer, whatever the call was.
import { errorBody } from '@throughline/contracts'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Call } from './calls.ts'
import { type ApiDocument, declaredFor, type JsonSchema, type Operation } from './document.ts'
import { leaksOf } from './leaks.ts'
import type { Answer } from './send.ts'

export interface Complaint {
  /** The same for every example of one fault. */
  kind: string
  detail: string
}
type Validate = (schema: JsonSchema) => ValidateFunction

/** A server may close on somebody who goes on sending what it has refused already. */
const cutOffBytes = 1024 * 1024

/** Schemas of the document, compiled once each. */
export function compiler(document: ApiDocument): Validate {
  // The patterns say what the formats say.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false })
  ajv.addSchema(document, 'api')
  const compiled = new Map<string, ValidateFunction>()
  return (schema) => {
    const text = JSON.stringify(schema).replaceAll('"#/', '"api#/')
    const found = compiled.get(text) ?? ajv.compile(JSON.parse(text))
    compiled.set(text, found)
    return found
  }
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined // which the caller complains of
  }
}

function refusalComplaints({ headers, text, status }: Answer): Complaint[] {
  const complaints: Complaint[] = leaksOf(text).map((kind) => ({ kind: `a refusal tells ${kind}`, detail: text }))
  if (headers['content-type'] !== 'application/json; charset=utf-8')
    complaints.push({ kind: 'content type of a refusal', detail: `${headers['content-type']}` })
  const parsed = parse(text)
  const refusal = errorBody.strict().safeParse(parsed?.value)
  if (!refusal.success) complaints.push({ kind: 'shape of a refusal', detail: text })
  else if (refusal.data.error.requestId !== headers['x-request-id'])
    complaints.push({ kind: 'request id of a refusal', detail: `${headers['x-request-id']} ${text}` })
  if (status === 405 && !headers.allow) complaints.push({ kind: '405 without Allow', detail: text })
  return complaints
}

function successComplaints(operation: Operation, { status, headers, text }: Answer, validate: Validate): Complaint[] {
  const declared = declaredFor(operation, status)
  if (!declared) return []
  if (status === 204) return text === '' ? [] : [{ kind: '204 with a body', detail: text }]
  const [type, { schema } = {}] = Object.entries(declared.content)[0] ?? []
  if (type === undefined || schema === undefined) return []
  const given = headers['content-type'] ?? ''
  if (schema.format === 'binary')
    return given.includes('html') ? [{ kind: 'a file that a browser would run', detail: given }] : []
  if (given.split(';')[0] !== type) return [{ kind: 'content type', detail: `${given} instead of ${type}` }]
  if (type !== 'application/json') return []
  const parsed = parse(text)
  if (!parsed) return [{ kind: 'no JSON', detail: text }]
  const check = validate(schema)
  if (check(parsed.value)) return []
  const first = check.errors?.[0]
  return [{ kind: 'an answer that does not fit its schema', detail: `${first?.instancePath} ${first?.message}` }]
}

/** A write that went through although the document closes its body to such a field. */
function unknownFieldComplaints(operation: Operation, call: Call, validate: Validate): Complaint[] {
  if (operation.body?.type !== 'application/json' || call.body?.type !== 'application/json') return []
  const sent = parse(call.body.bytes().toString('utf8'))
  const check = validate(operation.body.schema)
  if (!sent || check(sent.value)) return []
  const unknown = check.errors?.find(({ keyword }) => keyword === 'additionalProperties')
  return unknown ? [{ kind: 'took an unknown field', detail: JSON.stringify(unknown.params) }] : []
}

/** Everything that is wrong with an answer; empty when it is as it should be. */
export function complaintsOf(
  operation: Operation,
  call: Call,
  answer: Answer,
  { validate, secrets }: { validate: Validate; secrets: readonly string[] },
): Complaint[] {
  const { status, text, broken } = answer
  if (status === -1) return []
  if (status === 0)
    return (call.body?.bytes().length ?? 0) > cutOffBytes ? [] : [{ kind: 'no answer', detail: broken ?? '' }]
  const complaints: Complaint[] = []
  if (status >= 500) complaints.push({ kind: `status ${status}`, detail: text })
  const all = text + JSON.stringify(answer.headers)
  if (secrets.some((secret) => all.includes(secret))) complaints.push({ kind: 'a secret', detail: text })
  const isDeclared = call.method === operation.method
  if (isDeclared && !declaredFor(operation, status)) complaints.push({ kind: `undeclared ${status}`, detail: text })
  if (call.method === 'HEAD') return complaints
  if (status >= 400) complaints.push(...refusalComplaints(answer))
  else if (isDeclared)
    complaints.push(
      ...successComplaints(operation, answer, validate),
      ...unknownFieldComplaints(operation, call, validate),
    )
  return complaints
}
