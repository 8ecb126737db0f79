'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FundDocumentView, PortalLinkView } from '@throughline/contracts'
import {
  Alert,
  ApiError,
  Badge,
  Button,
  ConfirmDialog,
  ErrorState,
  Fact,
  FactList,
  formatBytes,
  formatInstant,
  messageOf,
  NoResults,
  SidePanel,
  Skeleton,
  toast,
  useSession,
} from '@throughline/ui'
import { Download, Send } from 'lucide-react'
import { useState } from 'react'
import { PdfView } from '../pdf/pdf-view.tsx'
import { aboutOf, kindLabels, stateLabels, stateTones } from './document-labels.ts'
import { postFileLink, postRevocation, postSending, readDocument, readFileBytes } from './fund-documents.api.ts'
import { RemoveDocument } from './remove-document.tsx'

function FileButton({ fileId, children }: { fileId: string | null; children: string }) {
  const { mutate, isPending } = useMutation({
    mutationFn: postFileLink,
    onSuccess: ({ url }) => window.location.assign(`/api${url}`),
    onError: (error) => toast.error('The file could not be opened', { description: messageOf(error) }),
  })
  if (!fileId) return null
  return (
    <Button size="sm" onClick={() => mutate(fileId)} disabled={isPending}>
      <Download aria-hidden /> {children}
    </Button>
  )
}

const historyOf = ({ openedAt, openings, wireSeenAt, expiresAt, revokedAt }: PortalLinkView): string =>
  [
    openedAt ? `opened ${formatInstant(openedAt)}${openings > 1 ? `, ${openings} times` : ''}` : 'not opened yet',
    ...(wireSeenAt ? [`bank details seen ${formatInstant(wireSeenAt)}`] : []),
    revokedAt ? `ended ${formatInstant(revokedAt)}` : `works until ${formatInstant(expiresAt)}`,
  ].join('; ')

function Links({ document, mayChange }: { document: FundDocumentView; mayChange: boolean }) {
  const client = useQueryClient()
  const [ending, setEnding] = useState<PortalLinkView>()
  const refresh = () => client.invalidateQueries({ queryKey: ['fund'] })
  const send = useMutation({
    mutationFn: () => postSending(document.id),
    onSuccess: () => {
      toast.success('It is being sent, with new links')
      return refresh()
    },
    onError: (error) => toast.error('It was not sent', { description: messageOf(error) }),
  })
  const revoke = useMutation({
    mutationFn: (link: PortalLinkView) => postRevocation(link.id),
    onSuccess: () => {
      setEnding(undefined)
      return refresh()
    },
  })
  return (
    <section className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium text-sm">Links of the investor</h3>
        {mayChange ? (
          <Button size="sm" onClick={() => send.mutate()} disabled={send.isPending}>
            <Send aria-hidden /> {document.links.length > 0 ? 'Send again' : 'Send'}
          </Button>
        ) : null}
      </div>
      {document.links.length === 0 ? <p className="text-muted text-sm">It was sent to nobody yet.</p> : null}
      <ul className="grid gap-2">
        {document.links.map((link) => (
          <li
            key={link.id}
            className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-sunken p-3 text-sm"
          >
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {link.sentTo}
              <span className="block text-muted text-xs">{historyOf(link)}</span>
            </span>
            {mayChange && !link.revokedAt ? (
              <Button size="sm" kind="danger" onClick={() => setEnding(link)}>
                End link
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title="End this link?"
        confirm="End the link"
        danger
        busy={revoke.isPending}
        refusal={revoke.error ? messageOf(revoke.error) : undefined}
        onConfirm={() => ending && revoke.mutate(ending)}
      >
        {ending?.sentTo} cannot open the document by it any more. Sending it again makes a new link.
      </ConfirmDialog>
    </section>
  )
}

function DocumentDetails({ document, onRemoved }: { document: FundDocumentView; onRemoved(): void }) {
  const { may } = useSession()
  const { id, fileId, name, state, error, sizeBytes, sha256, readyAt, revision, investor } = document
  const isPdf = document.kind !== 'UPLOAD' || name.toLowerCase().endsWith('.pdf')
  return (
    <div className="grid gap-5">
      {error ? <Alert>{error}</Alert> : null}
      <FactList>
        <Fact name="State">
          <Badge tone={stateTones[state]}>{stateLabels[state]}</Badge>
        </Fact>
        <Fact name="About">{aboutOf(document)}</Fact>
        {investor ? (
          <Fact name="Investor">
            {investor.name} ({investor.code})
          </Fact>
        ) : null}
        <Fact name="Revision">{revision}</Fact>
        {readyAt ? <Fact name="Made">{formatInstant(readyAt)}</Fact> : null}
        {sizeBytes === null ? null : <Fact name="Size">{formatBytes(sizeBytes)}</Fact>}
        {sha256 ? <Fact name="SHA-256">{sha256}</Fact> : null}
      </FactList>
      <div className="flex flex-wrap gap-2">
        <FileButton fileId={fileId}>{isPdf ? 'PDF' : 'File'}</FileButton>
        <FileButton fileId={document.jsonFileId}>JSON</FileButton>
        <FileButton fileId={document.csvFileId}>CSV</FileButton>
        {document.kind === 'UPLOAD' && may('fund_document:create') ? (
          <RemoveDocument document={document} onRemoved={onRemoved} />
        ) : null}
      </div>
      {investor && state === 'READY' ? <Links document={document} mayChange={may('fund_document:create')} /> : null}
      {fileId && isPdf ? <PdfView id={id} label={name} read={() => readFileBytes(fileId)} /> : null}
    </div>
  )
}

/** One document beside the list: what it is, who has opened it, and how it looks. */
export function DocumentPanel({ documentId, onClose }: { documentId: string; onClose(): void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', 'document', documentId],
    queryFn: ({ signal }) => readDocument(documentId, signal),
  })
  return (
    <SidePanel open onClose={onClose} title={data ? `${kindLabels[data.kind]}: ${data.name}` : 'Document'}>
      {error instanceof ApiError && error.status === 404 ? (
        <NoResults title="It is not there">Somebody may have removed it.</NoResults>
      ) : data ? (
        <DocumentDetails document={data} onRemoved={onClose} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton className="h-64" />
      )}
    </SidePanel>
  )
}
