'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NoticeProgress } from '@throughline/contracts'
import { Button, EmptyState, messageOf, Progress, toast, useSession } from '@throughline/ui'
import { useState } from 'react'
import { DocumentPanel } from './document-panel.tsx'
import { DocumentsTable } from './documents-table.tsx'
import { postNotices, readNoticeProgress } from './fund-documents.api.ts'

const isUnderWay = ({ lines, ready, failed }: NoticeProgress): boolean => ready + failed < lines
const slowly = 4_000

/** The notices of an issued call: how far they are, who has opened them, and each one beside the page. */
export function NoticesOfCall({ fundId, callId }: { fundId: string; callId: string }) {
  const client = useQueryClient()
  const { may } = useSession()
  const [open, setOpen] = useState<string>()
  const { data: progress } = useQuery({
    queryKey: ['fund', 'notices-of', callId],
    queryFn: ({ signal }) => readNoticeProgress(callId, signal),
    // Events say when one is ready; this is for whoever has no socket.
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? slowly : false),
  })
  const make = useMutation({
    mutationFn: () => postNotices(callId),
    onSuccess: () => client.invalidateQueries({ queryKey: ['fund'] }),
    onError: (error) => toast.error('The notices were not asked for', { description: messageOf(error) }),
  })
  return (
    <section aria-label="Notices" className="grid gap-3">
      {progress ? (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="tabular text-muted text-sm">
            {progress.ready} of {progress.lines} notices made, {progress.mailed} mailed, {progress.opened} opened
            {progress.failed > 0 ? `, ${progress.failed} failed` : ''}
          </p>
          {may('fund_document:create') && progress.ready < progress.lines ? (
            <Button size="sm" onClick={() => make.mutate()} disabled={make.isPending}>
              Make what is missing
            </Button>
          ) : null}
        </div>
      ) : null}
      {progress && isUnderWay(progress) ? (
        <Progress label="Notices made" done={progress.ready} total={progress.lines} />
      ) : null}
      <DocumentsTable
        fundId={fundId}
        filter={{ kind: 'CALL_NOTICE', subject: callId }}
        onOpen={setOpen}
        empty={<EmptyState title="There is no notice yet">They are made when the call is issued.</EmptyState>}
      />
      {open ? <DocumentPanel documentId={open} onClose={() => setOpen(undefined)} /> : null}
    </section>
  )
}
