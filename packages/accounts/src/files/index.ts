export { findFile, insertFile, type NewFile, type StoredFile } from './files.repo.ts'
