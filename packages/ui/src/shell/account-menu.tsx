'use client'
import { useMutation } from '@tanstack/react-query'
import { type SessionUser, signedIn } from '@throughline/contracts'
import { Building2, ChevronsUpDown, LogOut, UserRound } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { messageOf } from '../api/api-error.ts'
import { apiFetch } from '../api/api-fetch.ts'
import { signOut, useSession, whileLeaving } from '../api/session.tsx'
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from '../components/overlays.tsx'
import { Skeleton } from '../components/states.tsx'
import { Avatar } from '../components/surfaces.tsx'
import { toast } from '../components/toaster.tsx'
import { themes, useTheme } from './themes.ts'

const Chosen = ({ children }: { children: ReactNode }) => (
  <span className="ml-auto text-accent-ink text-xs">{children}</span>
)

/** The firms of somebody who works in several. */
function Firms({ user }: { user: SessionUser }) {
  const { mutate } = useMutation({
    mutationFn: (tenantId: string) =>
      whileLeaving(() => apiFetch('/auth/v1/switch-firm', { method: 'POST', body: { tenantId }, schema: signedIn })),
    // A full load: nothing of one firm is left on a page of another.
    onSuccess: () => window.location.assign('/'),
    onError: (error) => toast.error(messageOf(error)),
  })
  if (user.firms.length < 2) return null
  return (
    <>
      <MenuLabel>Firm</MenuLabel>
      {user.firms.map(({ id, name }) => {
        const here = id === user.tenant?.id
        return (
          <MenuItem
            key={id}
            disabled={here}
            className={here ? 'data-[disabled]:opacity-100' : undefined}
            onSelect={() => mutate(id)}
          >
            <Building2 aria-hidden className="shrink-0" />
            <span className="truncate">{name}</span>
            {here ? <Chosen>here</Chosen> : null}
          </MenuItem>
        )
      })}
      <MenuSeparator />
    </>
  )
}

/** Who is signed in, and what is theirs: account, firms, theme, the way out. */
export function AccountMenu() {
  const { user } = useSession()
  const { setTheme, theme } = useTheme()
  return (
    <Menu>
      <MenuTrigger className="flex w-full items-center gap-2.5 rounded-xl px-2 py-2 text-left hover:bg-sunken">
        <span className="sr-only">Account menu</span>
        {user ? (
          <>
            <Avatar name={user.name} />
            <span className="min-w-0 flex-1 text-sm">
              <span className="block truncate font-medium">{user.name}</span>
              <span className="block truncate text-muted text-xs">{user.role.replace('_', ' ')}</span>
            </span>
          </>
        ) : (
          <Skeleton className="h-8 flex-1" />
        )}
        <ChevronsUpDown aria-hidden className="size-4 text-muted" />
      </MenuTrigger>
      <MenuContent align="start" className="w-56">
        <MenuLabel className="truncate">{user?.email}</MenuLabel>
        <MenuItem asChild>
          <Link href="/account">
            <UserRound aria-hidden /> Your account
          </Link>
        </MenuItem>
        <MenuSeparator />
        {user ? <Firms user={user} /> : null}
        {themes.map(({ value, label, icon: Icon }) => (
          <MenuItem key={value} onSelect={() => setTheme(value)}>
            <Icon aria-hidden /> {label}
            {theme === value ? <Chosen>on</Chosen> : null}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => void signOut()}>
          <LogOut aria-hidden /> Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
