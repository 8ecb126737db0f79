'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type NotificationView, notificationView, pageOf } from '@throughline/contracts'
import { apiFetch, Button, cn, EmptyState, formatAge, Popover, PopoverContent, PopoverTrigger } from '@throughline/ui'
import { Bell } from 'lucide-react'
import Link from 'next/link'

const page = pageOf(notificationView)

/** What starts with /api/ is a file: the browser downloads it, there is no page to go to. */
function Title({ notification, onRead }: { notification: NotificationView; onRead(): void }) {
  const { title, link, readAt } = notification
  const look = cn('font-medium', readAt !== null && 'text-muted')
  if (!link) return <span className={look}>{title}</span>
  const asLink = cn(look, 'underline underline-offset-4')
  const follow = readAt === null ? onRead : undefined
  return link.startsWith('/api/') ? (
    <a href={link} className={asLink} onClick={follow}>
      {title}
    </a>
  ) : (
    <Link href={link} className={asLink} onClick={follow}>
      {title}
    </Link>
  )
}

function Entry({ notification, onRead }: { notification: NotificationView; onRead(): void }) {
  const unread = notification.readAt === null
  return (
    <li className="grid gap-0.5 py-2.5 text-sm">
      <div className="flex items-start justify-between gap-3">
        <Title notification={notification} onRead={onRead} />
        <span className="shrink-0 text-muted text-xs">{formatAge(notification.createdAt)}</span>
      </div>
      <p className="text-muted [overflow-wrap:anywhere]">{notification.body}</p>
      {unread ? (
        <Button kind="ghost" size="sm" className="justify-self-start" onClick={onRead}>
          Mark as read
        </Button>
      ) : null}
    </li>
  )
}

/** The bell. */
export function Notifications() {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: ['notifications'],
    queryFn: ({ signal }) => apiFetch('/tenant/v1/notifications?limit=20', { schema: page, signal }),
  })
  const { mutate: read } = useMutation({
    mutationFn: (id: string) =>
      apiFetch(`/tenant/v1/notifications/${id}/read`, { method: 'POST', body: {}, schema: notificationView }),
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
  const unread = data?.data.filter(({ readAt }) => readAt === null).length ?? 0
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button
          kind="ghost"
          size="icon"
          aria-label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
          className="relative"
        >
          <Bell aria-hidden />
          {unread > 0 ? <span className="absolute top-2 right-2 size-2 rounded-full bg-accent" /> : null}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Notifications">
        <h2 className="font-semibold text-sm">Notifications</h2>
        {data?.data.length ? (
          <ul className="max-h-96 divide-y divide-line overflow-y-auto">
            {data.data.map((notification) => (
              <Entry key={notification.id} notification={notification} onRead={() => read(notification.id)} />
            ))}
          </ul>
        ) : (
          <EmptyState title="Nothing new">What needs your attention comes here.</EmptyState>
        )}
      </PopoverContent>
    </Popover>
  )
}
