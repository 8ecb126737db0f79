'use client'
import { diffWords } from 'diff'
import { useMemo } from 'react'
import Markdown from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'

/** Markdown as a page: nothing in it can run. The page has its own first heading, so a post begins one level below. */
export const MarkdownText = ({ text }: { text: string }) => (
  <div className="prose-post">
    <Markdown
      remarkPlugins={[remarkGfm]}
      rehypePlugins={[rehypeSanitize]}
      components={{ h1: 'h2', h2: 'h3', h3: 'h4' }}
    >
      {text}
    </Markdown>
  </div>
)

/** What changed between two texts, word by word; readers hear it too. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => diffWords(before, after), [before, after])
  return (
    <div className="whitespace-pre-wrap text-[0.95rem] leading-relaxed [overflow-wrap:anywhere]">
      {parts.map((part, index) => {
        // Parts have no identity of their own; the list is made anew with the texts.
        const key = `${index}-${part.value.length}`
        if (part.added)
          return (
            <ins key={key} className="rounded bg-good-soft text-good no-underline">
              <span className="sr-only">added: </span>
              {part.value}
            </ins>
          )
        if (part.removed)
          return (
            <del key={key} className="rounded bg-bad-soft text-bad decoration-bad/60">
              <span className="sr-only">removed: </span>
              {part.value}
            </del>
          )
        return <span key={key}>{part.value}</span>
      })}
    </div>
  )
}
