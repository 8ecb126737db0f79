'use client'
import { UploadCloud } from 'lucide-react'
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react'
import { cn } from '../cn.ts'

/** A place to drop one file, and a button for those who do not drag. */
export function FileDrop({
  label,
  accept,
  onFile,
  busy,
  children,
}: {
  label: string
  accept: string
  onFile(file: File): void
  busy?: boolean
  children?: ReactNode
}) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file && !busy) onFile(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the input below does the same.
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        'grid justify-items-center gap-2 rounded-2xl border-2 border-line-strong/50 border-dashed px-6 py-10 text-center transition-colors focus-within:border-accent',
        over && 'border-accent bg-accent-soft',
      )}
    >
      <UploadCloud aria-hidden className="size-7 text-muted" />
      <label
        htmlFor={id}
        className={cn(
          'cursor-pointer font-medium text-accent-ink underline-offset-4 hover:underline',
          busy && 'pointer-events-none opacity-60',
        )}
      >
        {label}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        accept={accept}
        disabled={busy}
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) onFile(file)
          event.target.value = ''
        }}
      />
      <div className="text-muted text-sm">{children}</div>
    </div>
  )
}
