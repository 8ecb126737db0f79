'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { type LeadSubmissionView, type SubmissionState, submissionStates } from '@throughline/contracts'
import {
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  Field,
  formatAge,
  PageHeader,
  Select,
  useSession,
} from '@throughline/ui'
import { useState } from 'react'
import { ForRole } from '../settings/settings-frame.tsx'
import { LeadActions } from './lead-actions.tsx'
import { LeadSheet } from './lead-sheet.tsx'
import { reasonLabel, stateLabels } from './lead-words.ts'
import { readLeads } from './leads.api.ts'

type Open = (submission: LeadSubmissionView) => void

const Person = ({ submission, onOpen }: { submission: LeadSubmissionView; onOpen: Open }) => (
  <button type="button" className="text-left hover:underline" onClick={() => onOpen(submission)}>
    <span className="block font-medium [overflow-wrap:anywhere]">{submission.lead.name}</span>
    <span className="block text-muted text-xs [overflow-wrap:anywhere]">{submission.lead.email}</span>
  </button>
)

const Reasons = ({ reasons }: LeadSubmissionView) => (
  <span className="flex flex-wrap gap-1">
    {reasons.map((reason) => (
      <Badge key={reason} tone="warn">
        {reasonLabel(reason)}
      </Badge>
    ))}
  </span>
)

const Message = ({ lead }: LeadSubmissionView) => (
  <span className="line-clamp-2 text-muted [overflow-wrap:anywhere]">{lead.message || '–'}</span>
)

const columnsFor = (onOpen: Open): Column<LeadSubmissionView>[] => [
  { header: 'Who', cell: (submission) => <Person submission={submission} onOpen={onOpen} />, className: 'min-w-40' },
  { header: 'Message', cell: Message, className: 'max-w-96' },
  { header: 'Why', cell: Reasons, wide: true },
  { header: 'Sent', cell: ({ createdAt }) => formatAge(createdAt), className: 'whitespace-nowrap text-muted' },
  { header: 'Decide', cell: (submission) => <LeadActions submission={submission} />, numeric: true },
]

const emptyWords: Record<SubmissionState, { title: string; text: string }> = {
  HELD: {
    title: 'Nothing is held back',
    text: 'What a form on your website sends becomes a deal at once. What looks like spam waits here for you.',
  },
  ACCEPTED: { title: 'No lead has come in yet', text: 'A form on your website sends leads with an API key.' },
  DISCARDED: { title: 'Nothing was discarded', text: 'What you discard is kept here for 90 days.' },
}

function Leads() {
  const { user } = useSession()
  const [state, setState] = useState<SubmissionState>('HELD')
  const [openedId, setOpenedId] = useState<string>()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['leads', state],
    queryFn: ({ pageParam, signal }) => readLeads(state, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  const rows = data?.pages.flatMap((page) => page.data)
  // By its id: once it is decided about, it leaves the list and the panel closes.
  const opened = rows?.find(({ id }) => id === openedId)
  const open: Open = ({ id }) => setOpenedId(id)
  const show = (next: SubmissionState) => {
    // What was decided about is in another list by now, and must not open there by itself.
    setOpenedId(undefined)
    setState(next)
  }
  return (
    <>
      <PageHeader title="Leads">What the forms on your website have sent.</PageHeader>
      <div className="grid gap-4">
        <Field label="Show" className="w-44">
          {(ids) => (
            <Select
              {...ids}
              value={state}
              onChange={({ target }) => show(submissionStates.find((each) => each === target.value) ?? 'HELD')}
            >
              {submissionStates.toReversed().map((each) => (
                <option key={each} value={each}>
                  {stateLabels[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <DataTable
          label={stateLabels[state]}
          columns={columnsFor(open)}
          rows={rows}
          keyOf={({ id }) => id}
          error={error}
          onRetry={() => void refetch()}
          empty={<EmptyState title={emptyWords[state].title}>{emptyWords[state].text}</EmptyState>}
          card={(submission) => (
            <div className="grid gap-2 text-sm">
              <div className="flex items-start justify-between gap-2">
                <Person submission={submission} onOpen={open} />
                <span className="whitespace-nowrap text-muted text-xs">{formatAge(submission.createdAt)}</span>
              </div>
              <Message {...submission} />
              <Reasons {...submission} />
              <LeadActions submission={submission} />
            </div>
          )}
          footer={
            hasNextPage ? (
              <Button kind="ghost" onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
                {isFetchingNextPage ? 'Loading…' : 'Load more'}
              </Button>
            ) : undefined
          }
        />
      </div>
      {opened ? (
        <LeadSheet submission={opened} timeZone={user?.tenant?.timezone} onClose={() => setOpenedId(undefined)} />
      ) : null}
    </>
  )
}

/** What the forms of the website have sent, first what waits for a person. */
export const LeadsScreen = () => (
  <ForRole needs="lead:review" who="Managers, admins and owners">
    <Leads />
  </ForRole>
)
