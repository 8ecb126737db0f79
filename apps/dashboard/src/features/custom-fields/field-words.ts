import type { CustomFieldType, CustomFieldView, CustomValues } from '@throughline/contracts'
import { formatDay, formatNumber } from '@throughline/ui'

export const typeLabels: Record<CustomFieldType, string> = {
  TEXT: 'Text',
  NUMBER: 'Number',
  DATE: 'Date',
  BOOLEAN: 'Yes or no',
  CHOICE: 'Choice',
}

export type CustomValue = CustomValues[string]

/** A value as a person reads it; a dash when there is none. */
export function customWords({ type }: Pick<CustomFieldView, 'type'>, value: CustomValue | undefined): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return formatNumber(value)
  return type === 'DATE' ? formatDay(value) : value
}

/** One option a line, as they are typed; what is empty is none. */
export const optionsIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
