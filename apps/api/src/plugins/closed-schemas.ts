// What a schema lets through unseen. zod drops the fields that an object does not know, unless the object is strict.
import type * as z from 'zod'

type Def = z.core.$ZodTypes['_zod']['def']
type Child = readonly [schema: z.core.$ZodType, step: string]

function childrenOfObject({ shape, catchall }: z.core.$ZodObjectDef): Child[] {
  const fields = Object.entries(shape).map(([name, field]): Child => [field, `.${name}`])
  return catchall ? [...fields, [catchall, '.*']] : fields
}

/** What has to be looked at inside; the step is how the place is written in a refusal. */
function childrenOf(def: Def): Child[] {
  switch (def.type) {
    case 'object':
      return childrenOfObject(def)
    case 'array':
      return [[def.element, '[]']]
    case 'tuple':
      return [...def.items, ...(def.rest ? [def.rest] : [])].map((item): Child => [item, '[]'])
    case 'record':
    case 'map':
      return [[def.valueType, '.*']]
    case 'set':
      return [[def.valueType, '[]']]
    case 'union':
      return def.options.map((option): Child => [option, ''])
    case 'intersection':
      return [
        [def.left, ''],
        [def.right, ''],
      ]
    case 'pipe':
      return [
        [def.in, ''],
        [def.out, ''],
      ]
    case 'lazy':
      return [[def.getter(), '']]
    default:
      return 'innerType' in def ? [[def.innerType, '']] : []
  }
}

function complaintOf(def: Def, place: string): string[] {
  if (def.type === 'any' || def.type === 'unknown') return [`${place} takes anything`]
  if (def.type !== 'object' || def.catchall?._zod.def.type === 'never') return []
  return def.catchall ? [`${place} takes any field`] : [`${place} drops the fields it does not know`]
}

/** The places of a schema that take, or silently drop, what it does not name; empty when it is closed. */
export function openPlaces(schema: z.core.$ZodType, place: string, seen = new Set<z.core.$ZodType>()): string[] {
  if (seen.has(schema)) return []
  seen.add(schema)
  const { def } = (schema as z.core.$ZodTypes)._zod
  const own = complaintOf(def, place)
  // A loose object is named once, not once more for what it lets in.
  const children = childrenOf(def).filter(([, step]) => own.length === 0 || step !== '.*')
  return [...own, ...children.flatMap(([child, step]) => openPlaces(child, `${place}${step}`, seen))]
}
