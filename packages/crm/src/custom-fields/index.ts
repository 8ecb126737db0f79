export { type CheckedValues, checkCustomValues, type FieldDefinition, mergedCustom } from './custom-fields.rules.ts'
export {
  archiveCustomField,
  createCustomField,
  listCustomFields,
  orderCustomFields,
  readCustomFields,
  restoreCustomField,
  updateCustomField,
} from './custom-fields.service.ts'
export { listLeadSources, listTags } from './used-words.service.ts'
