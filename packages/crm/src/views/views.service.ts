// Use cases of saved views.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type CreateView,
  maxViews,
  type SavedView,
  type UpdateView,
  type ViewDefinition,
} from '@throughline/contracts'
import { type Ctx, memberIdOf } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { invalid } from '../invalid.ts'
import {
  deleteView,
  findSurroundings,
  findView,
  findViews,
  insertView,
  lockOwnViews,
  lockView,
  type OwnView,
  type ViewRow,
  type ViewValues,
  writeView,
  writeViewOrder,
} from './views.repo.ts'
import { copyName, definitionIssues, definitionOf, namedIds, openView, type Surroundings } from './views.rules.ts'

async function surroundingsOf(ctx: Ctx, definitions: readonly ViewDefinition[]): Promise<Surroundings> {
  const named = definitions.map(namedIds)
  const rows = await findSurroundings(ctx.db, {
    companyIds: named.flatMap(({ companyIds }) => companyIds),
    contactIds: named.flatMap(({ contactIds }) => contactIds),
  })
  return {
    fieldKeys: new Set(rows.fields.filter(({ archived }) => !archived).map(({ key }) => key)),
    archivedLabels: new Map(rows.fields.filter(({ archived }) => archived).map(({ key, label }) => [key, label])),
    memberIds: new Set(rows.members.filter(({ left }) => !left).map(({ id }) => id)),
    formerNames: new Map(rows.members.filter(({ left }) => left).map(({ id, name }) => [id, name])),
    companyIds: new Set(rows.companyIds),
    contactIds: new Set(rows.contactIds),
  }
}

async function toViews(ctx: Ctx, rows: readonly ViewRow[]): Promise<SavedView[]> {
  const read = rows.map((row) => ({ row, definition: definitionOf(row.definition) }))
  const there = await surroundingsOf(
    ctx,
    read.map(({ definition }) => definition),
  )
  return read.map(({ row, definition }) => ({
    id: row.id,
    name: row.name,
    shared: row.shared,
    owner: { id: row.ownerId, name: row.ownerName },
    definition,
    ...openView(definition, there),
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
  }))
}

/** One's own in one's own order, then those that others share. Each with what of it can still be opened. */
export const listViews = async (ctx: Ctx): Promise<SavedView[]> =>
  toViews(ctx, await findViews(ctx.db, memberIdOf(ctx.actor)))

const noView = () => new AppError('not_found', { message: 'There is no such view.' })

/** @throws AppError not_found, also for a view that somebody keeps to themselves */
export async function getView(ctx: Ctx, viewId: string): Promise<SavedView> {
  const row = await findView(ctx.db, viewId, memberIdOf(ctx.actor))
  const [view] = row ? await toViews(ctx, [row]) : []
  if (!view) throw noView()
  return view
}

/** Views are kept by people: a machine has none. @throws AppError forbidden */
function memberOf(ctx: Ctx): string {
  const memberId = memberIdOf(ctx.actor)
  if (memberId === null) throw new AppError('forbidden', { message: 'Views belong to people; a key has none.' })
  return memberId
}

function checkShares(ctx: Ctx): void {
  if (!ctx.permissions.has('view:share'))
    throw new AppError('forbidden', { message: 'Managers and above share views with the firm.' })
}

function checkName(own: readonly OwnView[], name: string, exceptId?: string): void {
  if (own.some((view) => view.name === name && view.id !== exceptId))
    throw new AppError('conflict', { message: `There is a view called ${name} already.`, details: { name } })
}

function checkRoom(own: readonly OwnView[]): void {
  if (own.length >= maxViews)
    throw new AppError('conflict', { message: `There are ${maxViews} views already. Delete one of them first.` })
}

function checkDefinition(definition: ViewDefinition): void {
  const issues = definitionIssues(definition)
  if (issues.length > 0) throw invalid(...issues)
}

async function addView(ctx: Ctx, ownerId: string, values: ViewValues): Promise<SavedView> {
  const viewId = await insertView(ctx.db, { ...values, ownerId })
  audit(ctx, { action: 'view.created', subject: 'view', subjectId: viewId, after: values })
  emit(ctx, 'view.changed', { viewId })
  return getView(ctx, viewId)
}

/** @throws AppError validation_failed, forbidden; conflict when one has a view of this name, or too many */
export const createView = (ctx: Ctx, input: CreateView): Promise<SavedView> =>
  ctx.db.transaction(async () => {
    const ownerId = memberOf(ctx)
    if (input.shared) checkShares(ctx)
    checkDefinition(input.definition)
    const own = await lockOwnViews(ctx.db, ownerId)
    checkRoom(own)
    checkName(own, input.name)
    return addView(ctx, ownerId, input)
  })

/** The view, held, and whether it may be changed. What is shared is the firm's: who shares views cares for all of them. */
async function viewToChange(ctx: Ctx, viewId: string): Promise<ViewRow> {
  const memberId = memberOf(ctx)
  const view = await lockView(ctx.db, viewId, memberId)
  if (!view) throw noView()
  if (view.ownerId !== memberId) checkShares(ctx)
  return view
}

/**
 * Renames, redefines, shares or unshares a view. What is removed from the firm while it is edited is no error: it is a
 * warning when it is opened.
 * @throws AppError not_found, forbidden, stale_version, validation_failed, conflict
 */
export const updateView = (ctx: Ctx, viewId: string, { version, ...changes }: UpdateView): Promise<SavedView> =>
  ctx.db.transaction(async () => {
    const before = await viewToChange(ctx, viewId)
    if (version !== undefined && version !== before.version)
      throw new AppError('stale_version', { details: { version: before.version } })
    const kept = { name: before.name, definition: definitionOf(before.definition), shared: before.shared }
    const after = {
      name: changes.name ?? kept.name,
      definition: changes.definition ?? kept.definition,
      shared: changes.shared ?? kept.shared,
    }
    if (after.shared !== kept.shared) checkShares(ctx)
    if (changes.definition) checkDefinition(changes.definition)
    if (after.name !== kept.name) checkName(await lockOwnViews(ctx.db, before.ownerId), after.name, viewId)
    if (JSON.stringify(after) === JSON.stringify(kept)) return getView(ctx, viewId)
    await writeView(ctx.db, viewId, after)
    audit(ctx, { action: 'view.updated', subject: 'view', subjectId: viewId, before: kept, after })
    emit(ctx, 'view.changed', { viewId })
    const [view] = await toViews(ctx, [{ ...before, ...after, version: before.version + 1, updatedAt: ctx.now() }])
    if (!view) throw noView()
    return view
  })

/** @throws AppError not_found, forbidden */
export const removeView = (ctx: Ctx, viewId: string): Promise<void> =>
  ctx.db.transaction(async () => {
    const { name, definition, shared } = await viewToChange(ctx, viewId)
    await deleteView(ctx.db, viewId)
    const before = { name, definition, shared }
    audit(ctx, { action: 'view.deleted', subject: 'view', subjectId: viewId, before })
    emit(ctx, 'view.changed', { viewId })
  })

/** A copy of one's own, of a view that one sees. @throws AppError not_found, conflict */
export const duplicateView = (ctx: Ctx, viewId: string): Promise<SavedView> =>
  ctx.db.transaction(async () => {
    const ownerId = memberOf(ctx)
    const view = await findView(ctx.db, viewId, ownerId)
    if (!view) throw noView()
    const own = await lockOwnViews(ctx.db, ownerId)
    checkRoom(own)
    const name = copyName(view.name, new Set(own.map((other) => other.name)))
    return addView(ctx, ownerId, { name, definition: definitionOf(view.definition), shared: false })
  })

/** Puts one's own views into this order. @throws AppError validation_failed unless each is named once */
export const orderViews = (ctx: Ctx, ids: readonly string[]): Promise<SavedView[]> =>
  ctx.db.transaction(async () => {
    const ownerId = memberOf(ctx)
    const own = (await lockOwnViews(ctx.db, ownerId)).map(({ id }) => id)
    if (ids.length !== own.length || !own.every((id) => ids.includes(id)))
      throw invalid({ path: 'body.ids', message: 'must name every view of yours once' })
    await writeViewOrder(ctx.db, ownerId, ids)
    return listViews(ctx)
  })
