'use client'
import type { FundDocumentView, SummaryPassage } from '@throughline/contracts'
import { Button, Dialog, Notice } from '@throughline/ui'
import { useState } from 'react'
import { readFileBytes } from '../fund-documents/fund-documents.api.ts'
import { PdfView } from '../pdf/pdf-view.tsx'
import { type MadeSummary, removedWord } from './summary-words.ts'

interface PassageDialogProps {
  passage: SummaryPassage
  /** Where it stands; nothing when it is not listed any more. */
  document: FundDocumentView | undefined
  removed: MadeSummary['removed'][number] | undefined
  onClose(): void
}

/** What a sentence rests on, word for word, and the page that it stands on. */
export function PassageDialog({ passage, document, removed, onClose }: PassageDialogProps) {
  const [whole, setWhole] = useState(false)
  const { page, text, document: name } = passage
  const fileId = document?.fileId
  const isPdf = name.toLowerCase().endsWith('.pdf')
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={isPdf ? `${name}, page ${page}` : name}>
      <div className="grid gap-4">
        <blockquote className="whitespace-pre-line rounded-lg bg-sunken p-3 text-sm [overflow-wrap:anywhere]">
          {text}
        </blockquote>
        {removed ? <Notice tone="warn">{removedWord(removed)}</Notice> : null}
        {fileId && isPdf ? (
          <>
            <PdfView id={fileId} label={name} read={() => readFileBytes(fileId)} only={whole ? undefined : page} />
            <Button className="justify-self-start" size="sm" onClick={() => setWhole(!whole)}>
              {whole ? `Page ${page} only` : 'All pages'}
            </Button>
          </>
        ) : null}
      </div>
    </Dialog>
  )
}
