'use client'
import { useQuery } from '@tanstack/react-query'
import { readAllocations } from '../calls/calls.api.ts'
import { UploadDialog, type UploadPlace } from './upload-dialog.tsx'

/** Adds a document to a fund; it can be said to be about one of the deals that the fund has a part of. */
export function FundUpload({ fundId, onClose }: { fundId: string; onClose(): void }) {
  const { data } = useQuery({
    queryKey: ['fund', fundId, 'allocations'],
    queryFn: ({ signal }) => readAllocations(fundId, signal),
  })
  const deals = new Map(data?.data.map(({ dealId, dealTitle }) => [dealId, dealTitle]))
  const places: UploadPlace[] = [
    { fundId, dealId: null, label: 'The fund as a whole' },
    ...[...deals].map(([dealId, label]) => ({ fundId, dealId, label })),
  ]
  return <UploadDialog places={places} label="About" onClose={onClose} />
}
