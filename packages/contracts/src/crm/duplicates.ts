// Records that are there twice: found, merged, and taken apart again.
import * as z from 'zod'
import { id, instant, pageOf, pageQuery, version } from '../common.ts'

export const mergeKinds = ['company', 'contact', 'deal'] as const
export type MergeKind = (typeof mergeKinds)[number]
const kind = z.enum(mergeKinds)

/** Why two records may be one. A shared domain or first e-mail cannot be: these are unique. */
export const duplicateReasons = ['domain', 'email', 'name', 'title'] as const
export type DuplicateReason = (typeof duplicateReasons)[number]
const reason = z.enum(duplicateReasons)

/** A record that looks like the one that is being made; `details` of a `conflict`. */
export const duplicateCandidate = z.object({
  id,
  name: z.string(),
  /** Domain or e-mail. */
  detail: z.string().nullable(),
  reason,
  /** 0 to 1. */
  likeness: z.number(),
})
export type DuplicateCandidate = z.infer<typeof duplicateCandidate>
export const duplicateConflict = z.object({
  candidates: z.array(duplicateCandidate),
  /** Whether `force` would make it all the same. */
  mayForce: z.boolean(),
})
export type DuplicateConflict = z.infer<typeof duplicateConflict>

const summary = z.object({
  id,
  name: z.string(),
  /** Domain, e-mail or value. */
  detail: z.string().nullable(),
  /** Company of a contact or deal. */
  company: z.string().nullable(),
  owner: z.string().nullable(),
  createdAt: instant,
})
export const duplicatePair = z
  .object({ reason, likeness: z.number(), newer: summary, older: summary })
  .meta({ id: 'DuplicatePair' })
export type DuplicatePair = z.infer<typeof duplicatePair>

/** Pairs, newest record first. A page may be empty and still have a next one: it has looked through a part. */
export const listDuplicates = pageQuery.extend({ kind })
export type ListDuplicates = z.infer<typeof listDuplicates>
export const duplicatePage = pageOf(duplicatePair).meta({ id: 'DuplicatePage' })

const fieldName = z.string().max(40)
const pair = {
  kind,
  /** The record that stays. */
  keepId: id,
  /** The record that goes into it. */
  mergeId: id,
}
export const previewMerge = z.strictObject(pair)
export type PreviewMerge = z.infer<typeof previewMerge>
export const mergeRecords = z
  .strictObject({
    ...pair,
    /** Fields that are taken from the record that goes, although the other has them too. */
    take: z.array(fieldName).max(30).default([]),
  })
  .meta({ id: 'MergeRecords' })
export type MergeRecords = z.infer<typeof mergeRecords>

const value = z.union([z.string(), z.number(), z.array(z.string()), z.null()])
export const mergePreview = z
  .object({
    fields: z.array(
      z.object({
        field: fieldName,
        kept: value,
        merged: value,
        /** What it will be, when nothing else is chosen. */
        result: value,
        /** Whether `take` may name it: both have something, and not the same. */
        choice: z.boolean(),
      }),
    ),
    /** Rows that will point at the kept record instead. */
    moves: z.object({
      deals: z.number().int(),
      contacts: z.number().int(),
      timeline: z.number().int(),
      dealContacts: z.number().int(),
    }),
    /** Why these two cannot be merged; empty when they can. */
    obstacles: z.array(z.string()),
  })
  .meta({ id: 'MergePreview' })
export type MergePreview = z.infer<typeof mergePreview>

export const mergeView = z
  .object({ id, kind, keptId: id, mergedId: id, version, createdAt: instant, undoneAt: instant.nullable() })
  .meta({ id: 'Merge' })
export type MergeView = z.infer<typeof mergeView>
