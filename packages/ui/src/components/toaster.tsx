'use client'
import { useTheme } from 'next-themes'
import { Toaster as Sonner, toast } from 'sonner'

export { toast }

/** Ten seconds, so that what can be undone can be reached. */
export function Toaster() {
  const { resolvedTheme } = useTheme()
  return (
    <Sonner theme={resolvedTheme === 'dark' ? 'dark' : 'light'} position="bottom-right" duration={10_000} closeButton />
  )
}
