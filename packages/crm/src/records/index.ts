export { dealScope } from './deal-scope.ts'
export { dealOfRecordJson, rescoreDealsOfCompany, rescoreDealsOfContact } from './deals-of-records.repo.ts'
export { checkMayEdit } from './may-edit.ts'
export {
  afterCursor,
  orderOf,
  ownerJoin,
  recordColumns,
  recordCondition,
  recordPage,
} from './record-lists.repo.ts'
export { changedFields, ownerOfNew } from './records.rules.ts'
export { checkReferences } from './references.repo.ts'
export { unlessTaken } from './unique.ts'
