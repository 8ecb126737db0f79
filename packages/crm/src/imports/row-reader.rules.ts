// What all rows have in common: cells by field, and every reason against a row rather than only the first.

import { CellError } from '@throughline/cells'
import type { ImportField, ImportMapping, ImportOptions, RecordKind } from '@throughline/contracts'
import { parseText } from './import-values.rules.ts'
import type { CustomFieldRule } from './more-values.rules.ts'

export interface RowRules {
  kind: RecordKind
  mapping: ImportMapping
  options: ImportOptions
  /** Members by e-mail, in lower case. */
  ownerIds: ReadonlyMap<string, string>
  customFields: readonly CustomFieldRule[]
}

export type Cells = ReadonlyMap<ImportField, string>

/** What is not blank, by field. Half a character, which UTF-16 files can hold and no database, becomes U+FFFD. */
export function cellsByField(cells: readonly string[], mapping: ImportMapping): Cells {
  const named = new Map<ImportField, string>()
  mapping.forEach((field, column) => {
    const cell = cells[column]?.trim().toWellFormed() ?? ''
    if (field && cell !== '') named.set(field, cell)
  })
  return named
}

/** Reads cells and gathers what is wrong with them; null for a cell that says nothing. */
export class RowReader {
  readonly reasons: string[] = []
  readonly #cells: Cells

  constructor(cells: Cells) {
    this.#cells = cells
  }

  has(field: ImportField): boolean {
    return this.#cells.has(field)
  }

  read<T>(field: ImportField, parse: (cell: string) => T): T | null {
    const cell = this.#cells.get(field)
    if (cell === undefined) return null
    try {
      return parse(cell)
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      this.reasons.push(error.message)
      return null
    }
  }

  text(field: ImportField, name: string, max: number): string | null {
    return this.read(field, (cell) => parseText(cell, name, max))
  }

  owner(ownerIds: RowRules['ownerIds']): string | null {
    return this.read('ownerEmail', (cell) => {
      const ownerId = ownerIds.get(cell.trim().toLowerCase())
      if (!ownerId) throw new CellError(`Owner "${cell.slice(0, 100)}" is not the e-mail of a member.`)
      return ownerId
    })
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The file's own id of a row; where it is one of ours, it is looked for as such too. */
export function identityOf(reader: RowReader): { importKey: string | null; recordId: string | null } {
  const externalId = reader.text('externalId', 'Id', 200)
  return {
    importKey: externalId === null ? null : `id:${externalId}`,
    recordId: externalId !== null && uuid.test(externalId) ? externalId.toLowerCase() : null,
  }
}
