'use client'
import Link from 'next/link'
import { useEffect } from 'react'
import { Button } from '../components/button.tsx'

/** Nothing is at this address. */
export const NotFoundPage = ({ home }: { home: string }) => (
  <main className="grid min-h-dvh place-content-center justify-items-center gap-3 px-6 text-center">
    <h1 className="font-semibold text-2xl tracking-tight">There is nothing here</h1>
    <p className="text-muted text-sm">The address may be wrong, or what was here is gone.</p>
    <Button asChild kind="primary">
      <Link href={home}>Go back</Link>
    </Button>
  </main>
)

/** A page that failed: says so, and offers to try again. */
export function ErrorPage({ error, reset }: { error: Error; reset(): void }) {
  useEffect(() => {
    // biome-ignore lint/suspicious/noConsole: a browser has no other log.
    console.error(error)
  }, [error])
  return (
    <main role="alert" className="grid min-h-dvh place-content-center justify-items-center gap-3 px-6 text-center">
      <h1 className="font-semibold text-2xl tracking-tight">This page has failed</h1>
      <p className="text-muted text-sm">Nothing was lost. Try again, or reload the page.</p>
      <Button kind="primary" onClick={reset}>
        Try again
      </Button>
    </main>
  )
}
