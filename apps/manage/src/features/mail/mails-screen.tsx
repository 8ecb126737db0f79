'use client'
import type { MailSummary } from '@throughline/contracts'
import { type Column, EmptyState, formatInstant, PageHeader } from '@throughline/ui'
import Link from 'next/link'
import { refreshMs } from '../console.api.ts'
import { PagedTable, usePages } from '../paged-table.tsx'
import { readMails } from './mail.api.ts'

const Subject = ({ mail }: { mail: MailSummary }) => (
  <Link href={`/mail/${encodeURIComponent(mail.id)}`} className="font-medium hover:underline">
    {mail.subject}
  </Link>
)

const columns: Column<MailSummary>[] = [
  { header: 'Subject', cell: (mail) => <Subject mail={mail} /> },
  { header: 'To', cell: ({ to }) => to },
  { header: 'Sent', cell: ({ sentAt }) => formatInstant(sentAt), className: 'tabular whitespace-nowrap text-muted' },
]

/** Mails of the demo, which go to a folder and not to anybody. */
export function MailsScreen() {
  const pages = usePages({ queryKey: ['mails'], read: readMails, refetchInterval: refreshMs })
  return (
    <>
      <PageHeader title="Mail">What the demo would have sent. It stays in a folder, newest first.</PageHeader>
      <PagedTable
        label="Mails"
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="No mail here">
            Mails of the demo show up here as they are sent. Where a mail server is set up, they go to that server, and
            this list stays empty.
          </EmptyState>
        }
        card={(mail) => (
          <div className="grid gap-1">
            <Subject mail={mail} />
            <div className="text-muted text-sm [overflow-wrap:anywhere]">
              {mail.to} · {formatInstant(mail.sentAt)}
            </div>
          </div>
        )}
      />
    </>
  )
}
