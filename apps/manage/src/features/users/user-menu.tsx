'use client'
import type { AdminUserView } from '@throughline/contracts'
import { Button, Menu, MenuContent, MenuItem, MenuTrigger, useSession } from '@throughline/ui'
import { Ellipsis, ScrollText, UserCheck, UserRoundCog, UserX } from 'lucide-react'
import { useRouter } from 'next/navigation'

export type UserAct = 'actAs' | 'disable' | 'enable'

/** What may be done to a person. */
export function UserMenu({ user, onAsk }: { user: AdminUserView; onAsk(act: UserAct): void }) {
  const { user: me, may } = useSession()
  const router = useRouter()
  const isMe = me?.id === user.id
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button kind="ghost" size="icon" aria-label={`Actions for ${user.name}`}>
          <Ellipsis aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        {may('platform:impersonate') && user.memberships.length > 0 && !user.disabledAt && !isMe ? (
          <MenuItem onSelect={() => onAsk('actAs')}>
            <UserRoundCog aria-hidden /> Act as {user.name}
          </MenuItem>
        ) : null}
        <MenuItem onSelect={() => router.push(`/audit?person=${user.id}`)}>
          <ScrollText aria-hidden /> What they did
        </MenuItem>
        {may('platform:manage') && !isMe ? (
          user.disabledAt ? (
            <MenuItem onSelect={() => onAsk('enable')}>
              <UserCheck aria-hidden /> Enable
            </MenuItem>
          ) : (
            <MenuItem onSelect={() => onAsk('disable')}>
              <UserX aria-hidden /> Disable
            </MenuItem>
          )
        ) : null}
      </MenuContent>
    </Menu>
  )
}
