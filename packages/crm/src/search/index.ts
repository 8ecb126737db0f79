export { searchCondition } from './condition.repo.ts'
export { search } from './search.service.ts'
