'use client'
import type { FundDocumentView, SummaryPassage, SummarySentence } from '@throughline/contracts'
import { Badge } from '@throughline/ui'
import { useState } from 'react'
import { PassageDialog } from './passage-dialog.tsx'
import { doubtOf, type MadeSummary, shownNumbers } from './summary-words.ts'

function Citation({ passage, shown, onOpen }: { passage: SummaryPassage; shown: number; onOpen(): void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-label={`Source ${shown}: ${passage.document}, page ${passage.page}`}
      className="tabular ml-1 inline-grid h-6 min-w-6 place-items-center rounded-md bg-accent-soft px-1 align-baseline font-medium text-accent-ink text-xs hover:underline"
    >
      {shown}
    </button>
  )
}

function Sentence({
  sentence,
  passages,
  shown,
  onOpen,
}: {
  sentence: SummarySentence
  passages: ReadonlyMap<number, SummaryPassage>
  shown: ReadonlyMap<number, number>
  onOpen(passage: SummaryPassage): void
}) {
  const doubt = doubtOf(sentence)
  return (
    <li className="[overflow-wrap:anywhere]">
      <span className={doubt ? 'text-muted' : undefined}>{sentence.text}</span>
      {sentence.citations.map((number) => {
        const passage = passages.get(number)
        return passage ? (
          <Citation key={number} passage={passage} shown={shown.get(number) ?? number} onOpen={() => onOpen(passage)} />
        ) : null
      })}
      {doubt ? (
        <span className="mt-1 flex flex-wrap items-center gap-2 text-muted text-xs">
          <Badge tone="warn">Not supported</Badge> {doubt}
        </span>
      ) : null}
    </li>
  )
}

/** The sentences of a summary; each number opens the passage that the sentence rests on. */
export function SummaryText({ summary, documents }: { summary: MadeSummary; documents: readonly FundDocumentView[] }) {
  const [open, setOpen] = useState<SummaryPassage>()
  const passages = new Map(summary.passages.map((passage) => [passage.number, passage]))
  const shown = shownNumbers(summary.sentences)
  return (
    <>
      <ul aria-label="Summary" className="grid gap-2.5">
        {summary.sentences.map((sentence, index) => (
          <Sentence key={index} {...{ sentence, passages, shown }} onOpen={setOpen} />
        ))}
      </ul>
      {open ? (
        <PassageDialog
          passage={open}
          document={documents.find(({ id }) => id === open.documentId)}
          removed={summary.removed.find(({ documentId }) => documentId === open.documentId)}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </>
  )
}
