'use client'
import { type ContactView, type CreateContact, consentStates } from '@throughline/contracts'
import { Field, Input, issueAt, Select, Textarea } from '@throughline/ui'
import { linesOf, tagsOf, textOf } from '../records/form-lists.ts'
import { OwnerSelect } from '../records/record-toolbar.tsx'
import { CompanyField } from './company-field.tsx'
import { consentLabels } from './consent.ts'

/** What a form about a contact says. */
export function contactOf(form: FormData): Omit<CreateContact, 'force'> {
  const [email = null, ...otherEmails] = linesOf(textOf(form, 'emails'))
  return {
    name: textOf(form, 'name'),
    email,
    otherEmails,
    phones: linesOf(textOf(form, 'phones')),
    title: textOf(form, 'title') || null,
    source: textOf(form, 'source') || null,
    consent: consentStates.find((state) => state === textOf(form, 'consent')),
    companyId: textOf(form, 'companyId') || null,
    ownerId: textOf(form, 'ownerId') || null,
    tags: tagsOf(textOf(form, 'tags')),
  }
}

const emailsOf = (contact: ContactView | undefined): string =>
  contact ? [contact.email, ...contact.otherEmails].filter((address) => address !== null).join('\n') : ''

/** What the API says of any of the addresses or numbers. */
const issueOfLines = (error: unknown, ...fields: string[]): string | undefined =>
  fields.map((field) => issueAt(error, field)).find((issue) => issue !== undefined)
const places = (field: string): string[] => [field, ...Array.from({ length: 10 }, (_, index) => `${field}.${index}`)]

interface Props {
  contact?: ContactView
  ownerId?: string
  error: unknown
}

/** The fields of a new contact and of one that is changed. */
export const ContactFields = ({ contact, ownerId, error }: Props) => (
  <>
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Name" error={issueAt(error, 'name')}>
        {(ids) => <Input {...ids} name="name" defaultValue={contact?.name} required maxLength={200} />}
      </Field>
      <Field label="Title" error={issueAt(error, 'title')}>
        {(ids) => <Input {...ids} name="title" defaultValue={contact?.title ?? ''} maxLength={120} />}
      </Field>
      <Field
        label="E-mails"
        hint="One a line; the first is the main one"
        error={issueOfLines(error, 'email', ...places('otherEmails'))}
      >
        {(ids) => <Textarea {...ids} name="emails" defaultValue={emailsOf(contact)} className="min-h-16" />}
      </Field>
      <Field label="Phones" hint="One a line" error={issueOfLines(error, ...places('phones'))}>
        {(ids) => <Textarea {...ids} name="phones" defaultValue={contact?.phones.join('\n')} className="min-h-16" />}
      </Field>
    </div>
    <CompanyField company={contact?.company ?? null} error={issueAt(error, 'companyId')} />
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Consent">
        {(ids) => (
          <Select {...ids} name="consent" defaultValue={contact?.consent ?? 'UNKNOWN'}>
            {consentStates.map((state) => (
              <option key={state} value={state}>
                {consentLabels[state]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Source">
        {(ids) => <Input {...ids} name="source" defaultValue={contact?.source ?? ''} maxLength={80} />}
      </Field>
      <Field label="Owner" error={issueAt(error, 'ownerId')}>
        {(ids) => (
          <OwnerSelect ids={ids} name="ownerId" nobody="Nobody" defaultValue={contact ? contact.owner?.id : ownerId} />
        )}
      </Field>
      <Field label="Tags" hint="Between commas">
        {(ids) => <Input {...ids} name="tags" defaultValue={contact?.tags.join(', ')} />}
      </Field>
    </div>
  </>
)
