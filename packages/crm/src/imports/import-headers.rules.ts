// Which field a column is most likely: by its name, and by what is in it.
import { namesIn, plain } from '@throughline/cells'
import {
  type ImportField,
  type RecordKind,
  recordKinds,
  type StandardField,
  standardFields,
} from '@throughline/contracts'
import { headerNames } from './header-names.ts'

const isStandard = (name: string): name is StandardField => standardFields.some((field) => field === name)

const fieldsByName: ReadonlyMap<RecordKind, ReadonlyMap<string, StandardField>> = new Map(
  recordKinds.map((kind) => [
    kind,
    new Map(
      Object.entries(headerNames[kind]).flatMap(([field, names]) =>
        isStandard(field) ? [field, ...namesIn(names)].map((name) => [plain(name), field] as const) : [],
      ),
    ),
  ]),
)

/** Pipedrive puts the kind of record first: `Deal - Title`, `Organization - Name`. */
const recordWords: Readonly<Record<RecordKind, RegExp>> = {
  DEAL: /^(deal|geschaft|affaire|negocio) (?=\S)/,
  COMPANY: /^(organization|organisation|company|firma) (?=\S)/,
  CONTACT: /^(person|contact|kontakt) (?=\S)/,
}

/** A field that only this firm has. */
export interface OwnField {
  key: string
  label: string
}

function fieldOf(kind: RecordKind, header: string, own: readonly OwnField[]): ImportField | undefined {
  const name = plain(header)
  const known = fieldsByName.get(kind)
  const custom = own.find(({ key, label }) => plain(label) === name || plain(key) === name)
  const standard = known?.get(name) ?? known?.get(name.replace(recordWords[kind], ''))
  return standard ?? (custom && `custom.${custom.key}`)
}

const addresses: readonly ImportField[] = ['ownerEmail', 'contactEmail', 'email']
/** A column of names is no use where an address is wanted: most of what is in it must look like one. */
const looksRight = (field: ImportField, cells: readonly string[]): boolean => {
  if (!addresses.includes(field)) return true
  const filled = cells.filter((cell) => cell.trim() !== '')
  return filled.filter((cell) => cell.includes('@')).length * 2 >= filled.length
}

/** One field a column, in order; null for a column that says nothing known. No field twice: the first column has it. */
export function proposeMapping(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  { kind, own = [] }: { kind: RecordKind; own?: readonly OwnField[] },
): (ImportField | null)[] {
  const taken = new Set<ImportField>()
  return headers.map((header, column) => {
    const field = fieldOf(kind, header, own)
    const cells = rows.map((row) => row[column] ?? '')
    if (!field || taken.has(field) || !looksRight(field, cells)) return null
    taken.add(field)
    return field
  })
}
