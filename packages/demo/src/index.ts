export { demoPassword, demoStaff, demoTenants } from './people.ts'
export { seedDemo } from './seed.ts'
