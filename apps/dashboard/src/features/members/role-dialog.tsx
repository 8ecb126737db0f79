'use client'
import type { MemberView, TenantRole } from '@throughline/contracts'
import { ConfirmDialog, toast } from '@throughline/ui'
import { useState } from 'react'
import { refusalOf } from '../settings/refusal.ts'
import { RoleField } from './role-field.tsx'
import { roleLabels } from './roles.ts'
import { useChangeMember } from './use-change-member.ts'

/** Another role for somebody. */
export function RoleDialog({
  member,
  roles,
  onClose,
}: {
  member: MemberView
  roles: readonly TenantRole[]
  onClose(): void
}) {
  const [role, setRole] = useState(member.role)
  const { mutate, isPending, error } = useChangeMember((changed) => {
    toast.success(`${changed.name} is ${roleLabels[changed.role].toLowerCase()} now`)
    onClose()
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Role of ${member.name}`}
      confirm="Change role"
      onConfirm={() => (role === member.role ? onClose() : mutate({ member, change: { role } }))}
      busy={isPending}
      refusal={refusalOf(error, 'this member')}
    >
      <RoleField roles={roles} value={role} onChange={setRole} />
      <p className="text-muted">
        The role is {roleLabels[member.role].toLowerCase()} now. When it changes, {member.name} is signed out
        everywhere, and has the new one when they sign in again.
      </p>
    </ConfirmDialog>
  )
}
