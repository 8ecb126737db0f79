export { closeFile, deleteFile, insertFile, type NewFile, type StoredFile } from './files.repo.ts'
export { auditExportsOf, createFileLink, findLinkedFile, getFile, ownExportsOf } from './files.service.ts'
export { type LinkSigner, linkSigner } from './link-signer.ts'
export { purgeClosedFiles } from './purge-closed-files.ts'
