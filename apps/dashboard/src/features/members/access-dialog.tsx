'use client'
import type { MemberView } from '@throughline/contracts'
import { ConfirmDialog, toast } from '@throughline/ui'
import { refusalOf } from '../settings/refusal.ts'
import { roleLabels } from './roles.ts'
import { useChangeMember } from './use-change-member.ts'

/** Puts somebody out of the firm, or lets them back in. */
export function AccessDialog({ member, onClose }: { member: MemberView; onClose(): void }) {
  const out = member.disabledAt !== null
  const { mutate, isPending, error } = useChangeMember((changed) => {
    toast.success(changed.disabledAt ? `${changed.name} has no access any more` : `${changed.name} has access again`)
    onClose()
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={out ? `Let ${member.name} back in?` : `Remove the access of ${member.name}?`}
      confirm={out ? 'Let back in' : 'Remove access'}
      onConfirm={() => mutate({ member, change: { disabled: !out } })}
      busy={isPending}
      refusal={refusalOf(error, 'this member')}
      danger={!out}
    >
      {out ? (
        <p>They can sign in again as {roleLabels[member.role].toLowerCase()}. Nothing of theirs was lost.</p>
      ) : (
        <p>
          They are signed out within seconds and cannot come back until you let them in. Their deals and what they wrote
          stay in the firm.
        </p>
      )}
    </ConfirmDialog>
  )
}
