'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ThemeProvider } from 'next-themes'
import { type ReactNode, useState } from 'react'
import { ApiError } from '../api/api-error.ts'
import { Toaster } from '../components/toaster.tsx'
import { useDocumentNonce } from './document-nonce.ts'

const maxTries = 2

/** A refusal is an answer: only what could not be reached is asked again. */
const shouldRetry = (failures: number, error: Error): boolean =>
  failures < maxTries && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500)

/** What every page of every portal stands on. */
export function Providers({ children, nonce }: { children: ReactNode; nonce?: string }) {
  const documentNonce = useDocumentNonce(nonce)
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: shouldRetry, staleTime: 5_000 } } }),
  )
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={documentNonce}>
      <QueryClientProvider client={client}>
        {children}
        <Toaster />
      </QueryClientProvider>
    </ThemeProvider>
  )
}
