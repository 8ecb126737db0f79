// What migrating, preparing and testing need; no desk and no app imports this door.
export { diffSchemas, readSnapshot } from './migrations/diff.ts'
export { readMigrations, readSchema } from './migrations/files.ts'
export { MigrationError, type MigrationStatus, migrate, migrationStatus } from './migrations/migrator.ts'
export {
  type DatabaseUrls,
  databaseNameOf,
  provision,
  type RolePasswords,
  randomPasswords,
  urlsFor,
} from './provision.ts'
