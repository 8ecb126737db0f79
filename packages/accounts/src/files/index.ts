export { findFile, type StoredFile } from './files.repo.ts'
