'use client'
import { type AuditFilter, auditFilter } from '@throughline/contracts'
import { useSession } from '@throughline/ui'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { endOfDay, startOfDay } from './days.ts'

/** As they are chosen, and as they stand in the address. */
export interface AuditChoices {
  action: string
  subject: string
  person: string
  from: string
  until: string
}

/** An address that somebody typed may hold anything: what is no filter is left out. */
function filterOf({ action, subject, person, from, until }: AuditChoices, timeZone: string): AuditFilter {
  const given = { action, subject, actorId: person, from: startOfDay(from, timeZone), until: endOfDay(until, timeZone) }
  const fields = Object.entries(given).filter(
    ([name, value]) => value && auditFilter.safeParse({ [name]: value }).success,
  )
  return auditFilter.parse(Object.fromEntries(fields))
}

/** Filters live in the address, so that a view can be sent to a colleague. */
export function useAuditFilter() {
  const { user } = useSession()
  const search = useSearchParams()
  const router = useRouter()
  const path = usePathname()
  const get = (name: keyof AuditChoices) => search.get(name) ?? ''
  const choices: AuditChoices = {
    action: get('action'),
    subject: get('subject'),
    person: get('person'),
    from: get('from'),
    until: get('until'),
  }
  const set = (changes: Partial<AuditChoices>) => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name)
    const text = next.toString()
    router.replace(text ? `${path}?${text}` : path, { scroll: false })
  }
  const clear = () => router.replace(path, { scroll: false })
  return { choices, filter: filterOf(choices, user?.tenant?.timezone ?? 'UTC'), set, clear }
}
