import { AppError, type FileLink } from '@throughline/contracts'
import type { Ctx, Database } from '@throughline/db'
import { audit } from '../audit/index.ts'
import { findFile, findFileOfActiveTenant, type StoredFile } from './files.repo.ts'
import type { LinkSigner } from './link-signer.ts'

/** Long enough to open a download that was just asked for. */
const linkMs = 5 * 60_000

/** Where exports of the audit log lie in storage: the place says who may open them, for each file there will ever be. */
export const auditExportsOf = (tenantId: string): string => `${tenantId}/audit-exports`

/** Where exports of records lie: what is in one is what one person may see, so it is for that person alone. */
export const ownExportsOf = (tenantId: string): string => `${tenantId}/exports`

/** An export of the log is for those who may read the log; its id is in the result of a job that many may see. */
function isOpenTo({ tenantId, permissions, actor }: Ctx, { storageKey, createdById }: StoredFile): boolean {
  if (storageKey.startsWith(`${auditExportsOf(tenantId)}/`)) return permissions.has('audit:read')
  if (storageKey.startsWith(`${ownExportsOf(tenantId)}/`)) return createdById !== null && createdById === actor.id
  return true
}

/** @throws AppError not_found, also for another tenant's file, and for one that is not for this person */
export async function getFile(ctx: Ctx, fileId: string): Promise<StoredFile> {
  const file = await findFile(ctx.db, fileId)
  if (!file || !isOpenTo(ctx, file)) throw new AppError('not_found', { message: 'There is no such file.' })
  return file
}

/** Makes a link that opens one file without signing in, and writes down who did. @throws AppError not_found */
export const createFileLink = (
  ctx: Ctx,
  fileId: string,
  { signer, urlOf }: { signer: LinkSigner; urlOf: (token: string) => string },
): Promise<FileLink> =>
  ctx.db.transaction(async () => {
    const { name } = await getFile(ctx, fileId)
    const expiresAt = new Date(ctx.now().getTime() + linkMs)
    const after = { name, expiresAt: expiresAt.toISOString() }
    audit(ctx, { action: 'file.link_created', subject: 'file', subjectId: fileId, after })
    return { url: urlOf(signer.sign({ tenantId: ctx.tenantId, fileId, expiresAt })), expiresAt: after.expiresAt }
  })

/** The file that a link is for; nothing when the link is not good, or there is no such file any more. */
export async function findLinkedFile(
  { database, signer, now }: { database: Database; signer: LinkSigner; now: Date },
  token: string,
): Promise<StoredFile | undefined> {
  const claims = signer.read(token, now)
  return claims && findFileOfActiveTenant(database.tenant(claims.tenantId), claims.fileId)
}
