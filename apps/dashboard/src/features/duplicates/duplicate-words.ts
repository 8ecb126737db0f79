import type { DuplicatePair, DuplicateReason, MergeKind, MergePreview } from '@throughline/contracts'

export const kindLabels: Record<MergeKind, string> = { company: 'Companies', contact: 'Contacts', deal: 'Deals' }

const reasons: Record<DuplicateReason, string> = {
  domain: 'same domain',
  email: 'same e-mail',
  name: 'similar name',
  title: 'same title and company',
}

/** Why two records stand side by side. */
export const reasonOf = ({ reason, likeness }: DuplicatePair): string =>
  likeness === 1 && reason === 'name' ? 'same name' : reasons[reason]

export const fieldLabels: Record<string, string> = {
  ...{ name: 'Name', domain: 'Domain', industry: 'Industry', size: 'Size', country: 'Country', owner: 'Owner' },
  ...{
    tags: 'Tags',
    email: 'E-mail',
    otherEmails: 'Other e-mails',
    phones: 'Phones',
    title: 'Title',
    company: 'Company',
  },
  ...{ consent: 'Consent', source: 'Source', value: 'Value', stage: 'Stage', priority: 'Priority', notes: 'Notes' },
  ...{ probability: 'Probability', leadSource: 'Source', contact: 'Contact', expectedCloseDate: 'Close date' },
}

type Value = MergePreview['fields'][number]['kept']

/** A value in words; what is empty is a dash. */
export const wordsOf = (value: Value): string => {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '')
  return text === '' ? '–' : text
}

const things: Record<keyof MergePreview['moves'], [string, string]> = {
  deals: ['deal', 'deals'],
  contacts: ['contact', 'contacts'],
  timeline: ['timeline entry', 'timeline entries'],
  dealContacts: ['part in a deal', 'parts in deals'],
}

/** `2 deals, 1 timeline entry`; empty when nothing moves. */
export const movesOf = (moves: MergePreview['moves']): string =>
  (Object.keys(things) as (keyof typeof things)[])
    .filter((name) => moves[name] > 0)
    .map((name) => `${moves[name]} ${things[name][moves[name] === 1 ? 0 : 1]}`)
    .join(', ')
