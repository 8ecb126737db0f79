export { aliveBytes } from './alive-bytes.ts'
export { expectEventually } from './expect-eventually.ts'
export { naughtyStrings } from './naughty-strings.ts'
export { type AskedQuestion, analyse, explain, recording, rowsLookedAt } from './plans.ts'
export { recordStatements } from './record-statements.ts'
export {
  fillTenantTables,
  readTenantRows,
  readTenantTables,
  type TenantTable,
  tenantChecksums,
} from './tenant-tables.ts'
export {
  createTestWorld,
  type TestStaff,
  type TestTenant,
  type TestWorld,
  testPassword,
  type WorldOptions,
} from './world.ts'
