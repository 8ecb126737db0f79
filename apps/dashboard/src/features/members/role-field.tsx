import type { TenantRole } from '@throughline/contracts'
import { Field, Select } from '@throughline/ui'
import { roleHints, roleLabels } from './roles.ts'

/** A role out of those that one may give, and what it is for. */
export function RoleField({
  roles,
  value,
  onChange,
}: {
  roles: readonly TenantRole[]
  value: TenantRole
  onChange(role: TenantRole): void
}) {
  return (
    <Field label="Role" hint={roleHints[value]}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(event.target.value as TenantRole)}>
          {roles.map((role) => (
            <option key={role} value={role}>
              {roleLabels[role]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
