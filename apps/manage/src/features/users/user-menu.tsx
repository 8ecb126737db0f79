'use client'
import type { AdminUserView } from '@throughline/contracts'
import { Button, Menu, MenuContent, MenuItem, MenuTrigger, useSession } from '@throughline/ui'
import { Ellipsis, ScrollText, UserCheck, UserRoundCog, UserX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActAsDialog } from './act-as-dialog.tsx'
import { DisableDialog, EnableDialog } from './user-access-dialogs.tsx'

const dialogs = { actAs: ActAsDialog, disable: DisableDialog, enable: EnableDialog }

/** What may be done to a person. */
export function UserMenu({ user }: { user: AdminUserView }) {
  const { user: me, may } = useSession()
  const router = useRouter()
  const [asked, setAsked] = useState<keyof typeof dialogs>()
  const Asked = asked && dialogs[asked]
  const isMe = me?.id === user.id
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button kind="ghost" size="icon" aria-label={`Actions for ${user.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          {may('platform:impersonate') && user.memberships.length > 0 && !user.disabledAt && !isMe ? (
            <MenuItem onSelect={() => setAsked('actAs')}>
              <UserRoundCog aria-hidden /> Act as {user.name}
            </MenuItem>
          ) : null}
          <MenuItem onSelect={() => router.push(`/audit?person=${user.id}`)}>
            <ScrollText aria-hidden /> What they did
          </MenuItem>
          {may('platform:manage') && !isMe ? (
            user.disabledAt ? (
              <MenuItem onSelect={() => setAsked('enable')}>
                <UserCheck aria-hidden /> Enable
              </MenuItem>
            ) : (
              <MenuItem onSelect={() => setAsked('disable')}>
                <UserX aria-hidden /> Disable
              </MenuItem>
            )
          ) : null}
        </MenuContent>
      </Menu>
      {Asked ? <Asked user={user} onClose={() => setAsked(undefined)} /> : null}
    </>
  )
}
