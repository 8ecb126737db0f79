import type { AuditEntryView } from '@throughline/contracts'

/** The platform's own entries belong to no firm. */
const platformScope = '00000000-0000-0000-0000-000000000000'
export const platformName = 'Throughline'

export const isPlatform = ({ tenantId }: Pick<AuditEntryView, 'tenantId'>): boolean => tenantId === platformScope
export const firmOf = (entry: AuditEntryView): string =>
  isPlatform(entry) ? platformName : (entry.tenantName ?? 'A firm that is gone')

/** `api_key.created` -> `API key created`. */
export function readable(name: string): string {
  const words = name.replaceAll(/[._:]/g, ' ').replace(/\bapi\b/, 'API')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What it was done to: by name where that is known, or by the end of its id. */
export function aboutOf(
  { subject, subjectId }: Pick<AuditEntryView, 'subject' | 'subjectId'>,
  names: ReadonlyMap<string, string>,
): string {
  if (!subjectId) return readable(subject)
  return `${readable(subject)} ${names.get(subjectId) ?? `…${subjectId.slice(-6)}`}`
}

const unnamed: Record<string, string> = {
  system: 'The system',
  api_key: 'An API key',
  platform: 'Throughline staff',
  user: 'Somebody without an account',
}
/** Who it was done as. */
export const actorOf = ({ actorName, actorKind }: Pick<AuditEntryView, 'actorName' | 'actorKind'>): string =>
  actorName ?? unnamed[actorKind] ?? readable(actorKind)
