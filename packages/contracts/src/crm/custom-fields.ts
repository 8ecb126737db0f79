import * as z from 'zod'
import { id, instant, line, version } from '../common.ts'
import { customKey } from './deals.ts'

export const customFieldTypes = ['TEXT', 'NUMBER', 'DATE', 'BOOLEAN', 'CHOICE'] as const
export type CustomFieldType = (typeof customFieldTypes)[number]
export const recordKinds = ['DEAL', 'COMPANY', 'CONTACT'] as const
export type RecordKind = (typeof recordKinds)[number]

/** Living fields of one kind of record, and all of them with the archived ones. */
export const maxCustomFields = 50
export const maxKeptCustomFields = 200

export const customFieldView = z
  .object({
    id,
    kind: z.enum(recordKinds),
    /** The name in `custom` of a record; made from the first label and never changed. */
    key: customKey,
    label: z.string(),
    type: z.enum(customFieldTypes),
    /** Of a choice. */
    options: z.array(z.string()),
    position: z.number().int(),
    version,
    archivedAt: instant.nullable(),
  })
  .meta({ id: 'CustomField' })
export type CustomFieldView = z.infer<typeof customFieldView>
export const customFieldList = z.object({ data: z.array(customFieldView) }).meta({ id: 'CustomFieldList' })

const options = z.array(line(80)).max(100)

/** Only deals have fields of their own so far. */
export const createCustomField = z
  .strictObject({
    kind: z.literal('DEAL').default('DEAL'),
    label: line(60),
    type: z.enum(customFieldTypes),
    options: options.default([]),
  })
  .meta({ id: 'CreateCustomField' })
export type CreateCustomField = z.infer<typeof createCustomField>

/** The type stays: values of another one would be left behind. */
export const updateCustomField = z
  .strictObject({ label: line(60), options, version })
  .partial()
  .meta({ id: 'UpdateCustomField' })
export type UpdateCustomField = z.infer<typeof updateCustomField>

export const listCustomFields = z.strictObject({ kind: z.enum(recordKinds).default('DEAL') })
export const orderCustomFields = z
  .strictObject({ ids: z.array(id).min(1).max(maxCustomFields) })
  .meta({ id: 'OrderCustomFields' })

/** What is in use already, to choose from. Counted over the newest records only. */
export const listTags = z.strictObject({ kind: z.enum(recordKinds).default('DEAL') })
const used = <T extends z.ZodRawShape>(shape: T) => z.object({ ...shape, count: z.number().int() })
export const tagList = z.object({ data: z.array(used({ tag: z.string() })) }).meta({ id: 'TagList' })
export type TagList = z.infer<typeof tagList>
export const leadSourceList = z
  .object({ data: z.array(used({ leadSource: z.string() })) })
  .meta({ id: 'LeadSourceList' })
export type LeadSourceList = z.infer<typeof leadSourceList>
