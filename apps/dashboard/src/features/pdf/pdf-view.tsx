'use client'
import { useQuery } from '@tanstack/react-query'
import { ErrorState, Skeleton } from '@throughline/ui'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { openPdf } from './read-pdf.ts'

const sharpness = 2

async function draw(page: PDFPageProxy, canvas: HTMLCanvasElement, width: number): Promise<string> {
  const unscaled = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: (width / unscaled.width) * sharpness })
  canvas.width = viewport.width
  canvas.height = viewport.height
  await page.render({ canvas, viewport }).promise
  const { items } = await page.getTextContent()
  return items.flatMap((item) => ('str' in item && item.str.trim() ? item.str : [])).join(' ')
}

/** A page as a picture, with its words for whoever does not see it. */
function PdfPage({ pdf, number, label }: { pdf: PDFDocumentProxy; number: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [words, setWords] = useState('')
  useEffect(() => {
    let isLeft = false
    void (async () => {
      try {
        const page = await pdf.getPage(number)
        if (isLeft || !canvas.current) return
        const text = await draw(page, canvas.current, canvas.current.clientWidth || 600)
        if (!isLeft) setWords(text)
      } catch (error) {
        // Left while it was drawn: the worker has ended.
        if (!isLeft) throw error
      }
    })()
    return () => {
      isLeft = true
    }
  }, [pdf, number])
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-white">
      <canvas ref={canvas} aria-hidden className="block h-auto w-full" />
      <figcaption className="sr-only">
        {label}, page {number}: {words}
      </figcaption>
    </figure>
  )
}

interface PdfViewProps {
  id: string
  label: string
  read(): Promise<ArrayBuffer>
  /** One page instead of all. */
  only?: number
}

/** The pages of a PDF, below each other. */
export function PdfView({ id, label, read, only }: PdfViewProps) {
  const {
    data: bytes,
    error,
    refetch,
  } = useQuery({
    queryKey: ['pdf', id],
    queryFn: read,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  const [opened, setOpened] = useState<{ pdf: PDFDocumentProxy } | { failure: unknown }>()
  useEffect(() => {
    if (!bytes) return
    let isLeft = false
    const { pdf, close } = openPdf(bytes)
    pdf.then(
      (document) => isLeft || setOpened({ pdf: document }),
      (failure: unknown) => isLeft || setOpened({ failure }),
    )
    return () => {
      isLeft = true
      setOpened(undefined)
      close()
    }
  }, [bytes])
  const failure = error ?? (opened && 'failure' in opened ? opened.failure : undefined)
  if (failure) return <ErrorState error={failure} onRetry={() => void refetch()} />
  if (!opened || !('pdf' in opened)) return <Skeleton className="h-[30rem]" />
  const all = Array.from({ length: opened.pdf.numPages }, (_, index) => index + 1)
  return (
    <div data-pdf={id} className="grid gap-3">
      {(only === undefined ? all : all.filter((number) => number === only)).map((number) => (
        <PdfPage key={number} pdf={opened.pdf} number={number} label={label} />
      ))}
    </div>
  )
}
