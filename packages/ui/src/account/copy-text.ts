'use client'
import { toast } from '../components/toaster.tsx'

/** Puts text on the clipboard, or says why that is not possible (no permission, or a page without HTTPS). */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast.success('Copied')
  } catch {
    toast.error('This browser does not let us copy. Select the text and copy it yourself.')
  }
}

/** Lets the browser keep text as a file. */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
