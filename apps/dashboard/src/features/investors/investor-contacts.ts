// Contacts of an investor as people type them: a line each, name and address; a minus in front for no notices.
import type { InvestorContact } from '@throughline/contracts'
import { linesOf } from '../records/form-lists.ts'

export const contactsOf = (text: string): InvestorContact[] =>
  linesOf(text).map((line) => {
    const notices = !line.startsWith('-')
    const words = line.replace(/^-\s*/, '')
    const email = words.match(/[^\s<>]+@[^\s<>]+/)?.[0] ?? ''
    const name = words.replace(email, '').replace(/[<>]/g, '').trim()
    return { name: name || email, email, notices }
  })

export const contactsText = (contacts: readonly InvestorContact[]): string =>
  contacts
    .map(({ name, email, notices }) => `${notices ? '' : '- '}${name === email ? '' : `${name} `}${email}`)
    .join('\n')
