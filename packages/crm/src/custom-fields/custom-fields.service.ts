import { audit } from '@throughline/accounts'
import {
  AppError,
  type CreateCustomField,
  type CustomFieldView,
  maxCustomFields,
  maxKeptCustomFields,
  type RecordKind,
  type UpdateCustomField,
} from '@throughline/contracts'
import type { Ctx, TenantDb } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { invalid } from '../invalid.ts'
import {
  type CustomFieldRow,
  findField,
  findFields,
  holdDefinitions,
  insertField,
  writeField,
  writeOrder,
} from './custom-fields.repo.ts'
import { keyFor, optionIssues } from './custom-fields.rules.ts'

const toView = ({ archivedAt, ...row }: CustomFieldRow): CustomFieldView => ({
  ...row,
  archivedAt: archivedAt?.toISOString() ?? null,
})
const isLiving = ({ archivedAt }: CustomFieldRow): boolean => archivedAt === null

/** The living fields of a kind of record in their order, for whoever checks or shows values. One statement. */
export const readCustomFields = async (db: TenantDb, kind: RecordKind): Promise<CustomFieldView[]> =>
  (await findFields(db, kind)).filter(isLiving).map(toView)

/** The fields of a kind of record in their order, the archived ones too. */
export const listCustomFields = async (ctx: Ctx, kind: RecordKind): Promise<CustomFieldView[]> =>
  (await findFields(ctx.db, kind)).map(toView)

function checkRoom(fields: readonly CustomFieldRow[]): void {
  if (fields.filter(isLiving).length >= maxCustomFields)
    throw new AppError('conflict', {
      message: `There are ${maxCustomFields} fields already. Archive one of them first.`,
    })
}

/** A change of a definition that is there, in a transaction, with its audit and event. */
async function change(
  ctx: Ctx,
  fieldId: string,
  action: 'updated' | 'archived' | 'restored',
  decide: (before: CustomFieldRow) => CustomFieldRow | Promise<CustomFieldRow>,
): Promise<CustomFieldView> {
  return ctx.db.transaction(async () => {
    await holdDefinitions(ctx.db)
    const before = await findField(ctx.db, fieldId)
    if (!before) throw new AppError('not_found', { message: 'There is no such field.' })
    const wanted = await decide(before)
    if (wanted === before) return toView(before)
    const after = await writeField(ctx.db, wanted)
    if (!after) throw new AppError('not_found', { message: 'There is no such field.' })
    audit(ctx, { action: `custom_field.${action}`, subject: 'custom_field', subjectId: fieldId, before, after })
    emit(ctx, 'custom_field.changed', {})
    return toView(after)
  })
}

/** Adds a field at the end. Its key is made from the label and stays. @throws AppError validation_failed, conflict */
export const createCustomField = (ctx: Ctx, input: CreateCustomField): Promise<CustomFieldView> =>
  ctx.db.transaction(async () => {
    const issues = optionIssues(input.type, input.options)
    if (issues.length > 0) throw invalid(...issues)
    await holdDefinitions(ctx.db)
    const fields = await findFields(ctx.db, input.kind)
    checkRoom(fields)
    if (fields.length >= maxKeptCustomFields)
      throw new AppError('conflict', { message: 'There are too many archived fields. Restore one of them instead.' })
    const key = keyFor(input.label, new Set(fields.map((field) => field.key)))
    const position = Math.max(0, ...fields.map((field) => field.position)) + 1
    const field = await insertField(ctx.db, { ...input, key, position })
    if (!field) throw new Error('an insert that succeeds returns its row')
    audit(ctx, { action: 'custom_field.created', subject: 'custom_field', subjectId: field.id, after: field })
    emit(ctx, 'custom_field.changed', {})
    return toView(field)
  })

/**
 * Changes the label or the options. Records keep a value whose option is gone; it can be chosen no more.
 * @throws AppError not_found, stale_version, validation_failed
 */
export const updateCustomField = (
  ctx: Ctx,
  fieldId: string,
  { version, label, options }: UpdateCustomField,
): Promise<CustomFieldView> =>
  change(ctx, fieldId, 'updated', (before) => {
    if (version !== undefined && version !== before.version)
      throw new AppError('stale_version', { details: { version: before.version } })
    const after = { ...before, label: label ?? before.label, options: options ?? before.options }
    const issues = optionIssues(before.type, after.options)
    if (issues.length > 0) throw invalid(...issues)
    const isSame = after.label === before.label && JSON.stringify(after.options) === JSON.stringify(before.options)
    return isSame ? before : after
  })

/** Takes a field out of every screen; its values stay where they are. @throws AppError not_found */
export const archiveCustomField = (ctx: Ctx, fieldId: string): Promise<CustomFieldView> =>
  change(ctx, fieldId, 'archived', (before) => (isLiving(before) ? { ...before, archivedAt: ctx.now() } : before))

/** Brings a field back with its values. @throws AppError not_found; conflict when there are too many */
export const restoreCustomField = (ctx: Ctx, fieldId: string): Promise<CustomFieldView> =>
  change(ctx, fieldId, 'restored', async (before) => {
    if (isLiving(before)) return before
    checkRoom(await findFields(ctx.db, before.kind))
    return { ...before, archivedAt: null }
  })

/** Puts the living fields into this order. @throws AppError validation_failed unless each is named once */
export const orderCustomFields = (ctx: Ctx, ids: readonly string[]): Promise<CustomFieldView[]> =>
  ctx.db.transaction(async () => {
    await holdDefinitions(ctx.db)
    const living = (await findFields(ctx.db, 'DEAL')).filter(isLiving).map(({ id }) => id)
    if (ids.length !== living.length || !living.every((id) => ids.includes(id)))
      throw invalid({ path: 'body.ids', message: 'must name every field once' })
    if (ids.every((id, index) => id === living[index])) return listCustomFields(ctx, 'DEAL')
    await writeOrder(ctx.db, ids)
    const [before, after] = [{ ids: living }, { ids }]
    audit(ctx, { action: 'custom_field.ordered', subject: 'custom_field', subjectId: null, before, after })
    emit(ctx, 'custom_field.changed', {})
    return listCustomFields(ctx, 'DEAL')
  })
