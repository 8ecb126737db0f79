'use client'
import { useSession } from '@throughline/ui'
import { ForRole } from '../settings/settings-frame.tsx'
import { InvitationsSection } from './invitations-section.tsx'
import { MembersTable } from './members-table.tsx'

/** Who works in the firm, and who is asked to. */
export function MembersScreen() {
  const { may } = useSession()
  return (
    <ForRole needs="member:read">
      <div className="grid gap-8">
        <section className="grid gap-3">
          <h2 className="font-semibold">Members</h2>
          <MembersTable />
          {may('member:manage') ? null : (
            <p className="text-muted text-sm">Owners and admins invite people and change their roles.</p>
          )}
        </section>
        {may('member:manage') ? <InvitationsSection /> : null}
      </div>
    </ForRole>
  )
}
