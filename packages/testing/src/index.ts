export { expectEventually } from './expect-eventually.ts'
export {
  createTestWorld,
  type TestStaff,
  type TestTenant,
  type TestWorld,
  testPassword,
  type WorldOptions,
} from './world.ts'
