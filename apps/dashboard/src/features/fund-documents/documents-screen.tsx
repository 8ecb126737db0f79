'use client'
import { type FundDocumentKind, fundDocumentKinds } from '@throughline/contracts'
import { Button, EmptyState, Field, Input, NoResults, Select, useSession } from '@throughline/ui'
import { FilePlus2, Upload } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { kindLabels } from './document-labels.ts'
import { DocumentPanel } from './document-panel.tsx'
import { DocumentsTable } from './documents-table.tsx'
import { FundUpload } from './fund-upload.tsx'
import { InvestorFilter } from './investor-filter.tsx'
import { NoticesOfCall } from './notices-of-call.tsx'
import { StatementsDialog } from './statements-dialog.tsx'

const kindOf = (text: string | null): FundDocumentKind | undefined => fundDocumentKinds.find((kind) => kind === text)

/** What is filtered and what is open stands in the address, so that it can be sent to a colleague. */
function useAddress() {
  const router = useRouter()
  const path = usePathname()
  const search = useSearchParams()
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    router.replace(next.size > 0 ? `${path}?${next}` : path, { scroll: false })
  }
  return {
    kind: kindOf(search.get('kind')),
    period: search.get('period') ?? '',
    callId: search.get('call'),
    investorId: search.get('investor'),
    open: search.get('open'),
    set,
  }
}

/** Notices, statements and uploads of a fund; with a call in the address, the notices of that call. */
export function DocumentsScreen({ fundId }: { fundId: string }) {
  const { kind, period, callId, investorId, open, set } = useAddress()
  const { may } = useSession()
  const [dialog, setDialog] = useState<'statements' | 'upload'>()
  const close = () => setDialog(undefined)
  if (callId)
    return (
      <div className="grid gap-4">
        <Button className="justify-self-start" onClick={() => set('call', null)}>
          All documents of the fund
        </Button>
        <NoticesOfCall fundId={fundId} callId={callId} />
      </div>
    )
  const isFiltered = kind !== undefined || period !== '' || investorId !== null
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <div className="flex flex-wrap gap-3">
          <Field label="Kind" className="w-44">
            {(ids) => (
              <Select {...ids} value={kind ?? ''} onChange={(event) => set('kind', event.target.value)}>
                <option value="">All kinds</option>
                {fundDocumentKinds.map((each) => (
                  <option key={each} value={each}>
                    {kindLabels[each]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <InvestorFilter fundId={fundId} investorId={investorId} onChange={(id) => set('investor', id)} />
          <Field label="Period" className="w-32">
            {(ids) => (
              <Input
                {...ids}
                defaultValue={period}
                placeholder="2026-Q3"
                onChange={(event) => set('period', event.target.value.trim())}
              />
            )}
          </Field>
        </div>
        {may('fund_document:create') ? (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setDialog('upload')}>
              <Upload aria-hidden /> Add a document
            </Button>
            <Button kind="primary" onClick={() => setDialog('statements')}>
              <FilePlus2 aria-hidden /> Make statements
            </Button>
          </div>
        ) : null}
      </div>
      <DocumentsTable
        fundId={fundId}
        filter={{ kind, subject: period, investorId: investorId ?? undefined }}
        onOpen={(id) => set('open', id)}
        empty={
          isFiltered ? (
            <NoResults title="No document fits">Choose another kind, period or investor.</NoResults>
          ) : (
            <EmptyState title="There is no document yet">
              Issuing a capital call makes a notice for each investor; statements are made of a quarter.
            </EmptyState>
          )
        }
      />
      {open ? <DocumentPanel documentId={open} onClose={() => set('open', null)} /> : null}
      {dialog === 'statements' ? <StatementsDialog fundId={fundId} onClose={close} /> : null}
      {dialog === 'upload' ? <FundUpload fundId={fundId} onClose={close} /> : null}
    </>
  )
}
