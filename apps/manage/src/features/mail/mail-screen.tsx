'use client'
import { useQuery } from '@tanstack/react-query'
import type { MailView } from '@throughline/contracts'
import { Button, Card, ErrorState, formatInstant, PageHeader, Skeleton, toast } from '@throughline/ui'
import { ArrowLeft, Copy } from 'lucide-react'
import Link from 'next/link'
import { readMail } from './mail.api.ts'
import { frameDocument, partsOf } from './mail-text.ts'

async function copy(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link)
    toast.success('Link copied')
  } catch {
    // Without HTTPS or by a refusal; the address is on the page and can be marked.
    toast.error('Not copied', { description: 'Your browser does not allow it here. Mark the address instead.' })
  }
}

const MailLink = ({ link }: { link: string }) => (
  <span className="my-1 flex flex-wrap items-center gap-2">
    <a
      href={link}
      target="_blank"
      rel="noopener noreferrer"
      className="min-w-0 text-accent-ink underline underline-offset-4 [overflow-wrap:anywhere]"
    >
      {link}
    </a>
    <Button size="sm" onClick={() => void copy(link)}>
      <Copy aria-hidden /> Copy link
    </Button>
  </span>
)

const Text = ({ text }: { text: string }) => (
  <section aria-label="As text" className="min-w-0">
    <h2 className="mb-2 font-semibold">As text</h2>
    <div className="whitespace-pre-wrap text-sm leading-relaxed [overflow-wrap:anywhere]">
      {partsOf(text).map((part) => (part.isLink ? <MailLink key={part.at} link={part.text} /> : part.text))}
    </div>
  </section>
)

function Parts({ mail }: { mail: MailView }) {
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[1.2fr_1fr]">
      <Card className="overflow-hidden">
        {/* Nothing in a mail runs here, and nothing in it leads anywhere. */}
        <iframe
          title="The mail as it looks"
          sandbox=""
          srcDoc={frameDocument(mail.html)}
          className="block h-[34rem] w-full bg-surface"
        />
      </Card>
      <Card className="p-5">
        <Text text={mail.text} />
        <p className="mt-5 border-line border-t pt-4 text-muted text-xs">
          Links work here only. A link that holds a token is good once: following it uses it up.
        </p>
      </Card>
    </div>
  )
}

/** One mail of the demo, as it looks and as text. */
export function MailScreen({ mailId }: { mailId: string }) {
  const {
    data: mail,
    error,
    refetch,
  } = useQuery({
    queryKey: ['mail', mailId],
    queryFn: ({ signal }) => readMail(mailId, signal),
  })
  return (
    <>
      <PageHeader
        title={mail?.subject ?? 'Mail'}
        actions={
          <Button asChild>
            <Link href="/mail">
              <ArrowLeft aria-hidden /> All mail
            </Link>
          </Button>
        }
      >
        {mail ? `To ${mail.to}, from ${mail.from}, ${formatInstant(mail.sentAt)}` : null}
      </PageHeader>
      {error ? (
        <Card>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Card>
      ) : null}
      {mail ? <Parts mail={mail} /> : null}
      {!mail && !error ? <Skeleton className="h-96 rounded-2xl" /> : null}
    </>
  )
}
