'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Dialog, Field, Input, messageOf, Textarea } from '@throughline/ui'
import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'
import { postBlogPost, readSettings } from './content.api.ts'

/** What an agent needs to know before it writes. */
export function NewPostDialog({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const router = useRouter()
  const { data: settings } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => readSettings(signal),
    enabled: open,
  })
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: postBlogPost,
    onSuccess: ({ activity }) => router.push(`/content/${activity.id}`),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const keywords = String(form.get('keywords'))
      .split(',')
      .map((keyword) => keyword.trim())
      .filter(Boolean)
    mutate({ topic: String(form.get('topic')), audience: String(form.get('audience')), keywords })
  }
  const change = (next: boolean) => {
    reset()
    onOpenChange(next)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title="New blog post"
      description="An agent writes the draft; a reviewer decides about it."
    >
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <Field label="Topic">
          {(ids) => <Textarea {...ids} name="topic" required maxLength={300} className="min-h-16" autoFocus />}
        </Field>
        <Field label="Audience">
          {(ids) => <Input {...ids} name="audience" required maxLength={200} placeholder="family offices" />}
        </Field>
        <Field label="Keywords" hint="Separated by commas">
          {(ids) => <Input {...ids} name="keywords" placeholder="reserves, pacing" />}
        </Field>
        <div className="rounded-xl bg-sunken px-4 py-3 text-sm">
          <p className="mb-1 font-medium">Brand voice</p>
          <p className="text-muted">{settings?.brandVoice || 'Not set. It is written down under Settings.'}</p>
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isPending}>
            Request draft
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
