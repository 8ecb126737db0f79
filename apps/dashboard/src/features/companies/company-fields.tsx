'use client'
import { type CompanyView, type CreateCompany, companySizes } from '@throughline/contracts'
import { Field, Input, issueAt, Select } from '@throughline/ui'
import { tagsOf, textOf } from '../records/form-lists.ts'
import { OwnerSelect } from '../records/record-toolbar.tsx'
import { CountryOptions } from './country-options.tsx'

/** What a form about a company says. */
export const companyOf = (form: FormData): Omit<CreateCompany, 'force'> => ({
  name: textOf(form, 'name'),
  domain: textOf(form, 'domain') || null,
  industry: textOf(form, 'industry') || null,
  size: companySizes.find((size) => size === textOf(form, 'size')) ?? null,
  country: textOf(form, 'country') || null,
  ownerId: textOf(form, 'ownerId') || null,
  tags: tagsOf(textOf(form, 'tags')),
})

interface Props {
  company?: CompanyView
  /** Who owns it when nobody is named yet. */
  ownerId?: string
  error: unknown
}

/** The fields of a new company and of one that is changed. */
export const CompanyFields = ({ company, ownerId, error }: Props) => (
  <>
    <Field label="Name" error={issueAt(error, 'name')}>
      {(ids) => <Input {...ids} name="name" defaultValue={company?.name} required maxLength={200} />}
    </Field>
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Domain" error={issueAt(error, 'domain')}>
        {(ids) => (
          <Input {...ids} name="domain" defaultValue={company?.domain ?? ''} maxLength={300} placeholder="acme.com" />
        )}
      </Field>
      <Field label="Industry" error={issueAt(error, 'industry')}>
        {(ids) => <Input {...ids} name="industry" defaultValue={company?.industry ?? ''} maxLength={80} />}
      </Field>
      <Field label="Size">
        {(ids) => (
          <Select {...ids} name="size" defaultValue={company?.size ?? ''}>
            <option value="">Not known</option>
            {companySizes.map((size) => (
              <option key={size} value={size}>
                {size.replace('-', '–')} people
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Country">
        {(ids) => (
          <Select {...ids} name="country" defaultValue={company?.country ?? ''}>
            <option value="">Not known</option>
            <CountryOptions />
          </Select>
        )}
      </Field>
      <Field label="Owner" error={issueAt(error, 'ownerId')}>
        {(ids) => (
          <OwnerSelect ids={ids} name="ownerId" nobody="Nobody" defaultValue={company ? company.owner?.id : ownerId} />
        )}
      </Field>
      <Field label="Tags" hint="Between commas">
        {(ids) => <Input {...ids} name="tags" defaultValue={company?.tags.join(', ')} />}
      </Field>
    </div>
  </>
)
