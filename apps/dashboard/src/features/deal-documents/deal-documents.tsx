'use client'
import { useQuery } from '@tanstack/react-query'
import type { DealFunding, FundDocumentView } from '@throughline/contracts'
import { Button, ErrorState, formatAge, formatBytes, Skeleton, useSession } from '@throughline/ui'
import { Upload } from 'lucide-react'
import { useState } from 'react'
import { readDealFunding } from '../calls/calls.api.ts'
import { DocumentPanel } from '../fund-documents/document-panel.tsx'
import { UploadDialog, type UploadPlace } from '../fund-documents/upload-dialog.tsx'
import { readDealDocuments } from './deal-documents.api.ts'
import { DealSummary } from './deal-summary.tsx'

/** The funds that have a part of the deal: each may be given a document about it. */
function placesOf(dealId: string, allocations: DealFunding['allocations']): UploadPlace[] {
  const funds = new Map(allocations.map(({ fundId, fundName }) => [fundId, fundName]))
  return [...funds].map(([fundId, label]) => ({ fundId, dealId, label }))
}

const DocumentList = ({ documents, onOpen }: { documents: readonly FundDocumentView[]; onOpen(id: string): void }) => (
  <ul aria-label="Documents of the deal" className="grid gap-1.5">
    {documents.map(({ id, name, sizeBytes, createdAt }) => (
      <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-3">
        <button
          type="button"
          className="min-h-6 text-left font-medium hover:underline [overflow-wrap:anywhere]"
          onClick={() => onOpen(id)}
        >
          {name}
        </button>
        <span className="text-muted text-xs">
          {sizeBytes === null ? '' : `${formatBytes(sizeBytes)}, `}
          {formatAge(createdAt)}
        </span>
      </li>
    ))}
  </ul>
)

/** What was uploaded about a won deal, and what it says in short. */
export function DealDocuments({ dealId }: { dealId: string }) {
  const { may } = useSession()
  const [adds, setAdds] = useState(false)
  const [open, setOpen] = useState<string>()
  const { data, error, refetch } = useQuery({
    queryKey: ['deal-papers', 'documents', dealId],
    queryFn: ({ signal }) => readDealDocuments(dealId, signal),
  })
  const { data: funding } = useQuery({
    queryKey: ['deal-funding', dealId],
    queryFn: ({ signal }) => readDealFunding(dealId, signal),
  })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-16" />
  const places = placesOf(dealId, funding?.allocations ?? [])
  const documents = data.data
  return (
    <div className="grid gap-3 text-sm">
      {documents.length > 0 ? (
        <DocumentList documents={documents} onOpen={setOpen} />
      ) : (
        <p className="text-muted">
          {places.length > 0
            ? 'There is no document about this deal yet.'
            : 'Documents are kept by the funds that take a part of the deal.'}
        </p>
      )}
      {may('fund_document:create') && places.length > 0 ? (
        <div>
          <Button size="sm" onClick={() => setAdds(true)}>
            <Upload aria-hidden /> Add a document
          </Button>
        </div>
      ) : null}
      <DealSummary dealId={dealId} documents={documents} />
      {adds ? <UploadDialog places={places} label="Fund" onClose={() => setAdds(false)} /> : null}
      {open ? <DocumentPanel documentId={open} onClose={() => setOpen(undefined)} /> : null}
    </div>
  )
}
