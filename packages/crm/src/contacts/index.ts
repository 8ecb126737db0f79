export { contactCondition } from './contact-reads.repo.ts'
export { distinctPhones, orderedEmails } from './contacts.rules.ts'
export { createContact, getContact, listContacts, updateContact } from './contacts.service.ts'
