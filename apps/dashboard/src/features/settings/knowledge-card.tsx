'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { knowledgeDocumentPage, knowledgeDocumentView } from '@throughline/contracts'
import {
  Alert,
  apiFetch,
  Button,
  Card,
  Dialog,
  EmptyState,
  Field,
  Input,
  messageOf,
  Skeleton,
  Textarea,
} from '@throughline/ui'
import { type FormEvent, useState } from 'react'

function AddDocument({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: { title: string; body: string }) =>
      apiFetch('/tenant/v1/knowledge', { method: 'POST', body, schema: knowledgeDocumentView }),
    onSuccess: async () => {
      onOpenChange(false)
      await client.invalidateQueries({ queryKey: ['knowledge'] })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    mutate({ title: String(form.get('title')), body: String(form.get('body')) })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Add document"
      description="Agents quote from it and name it."
    >
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <Field label="Title">{(ids) => <Input {...ids} name="title" required maxLength={200} />}</Field>
        <Field label="Text">
          {(ids) => <Textarea {...ids} name="body" required maxLength={50_000} className="min-h-48" />}
        </Field>
        <div className="flex justify-end">
          <Button kind="primary" type="submit" disabled={isPending}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** What the firm's agents draw on. */
export function KnowledgeCard({ editable }: { editable: boolean }) {
  const [adding, setAdding] = useState(false)
  const { data } = useQuery({
    queryKey: ['knowledge'],
    queryFn: ({ signal }) => apiFetch('/tenant/v1/knowledge?limit=50', { schema: knowledgeDocumentPage, signal }),
  })
  return (
    <Card className="p-5">
      <div className="mb-3 flex items-center justify-between gap-3">
        <h2 className="font-semibold">Knowledge</h2>
        {editable ? (
          <Button size="sm" onClick={() => setAdding(true)}>
            Add document
          </Button>
        ) : null}
      </div>
      {!data ? <Skeleton className="h-32" /> : null}
      {data?.data.length === 0 ? (
        <EmptyState title="No documents yet">Add what your agents should know: principles, facts, figures.</EmptyState>
      ) : null}
      <ul className="divide-y divide-line">
        {data?.data.map(({ id, title, body }) => (
          <li key={id} className="py-2.5 text-sm">
            <details>
              <summary className="font-medium">{title}</summary>
              <p className="mt-2 whitespace-pre-wrap text-muted">{body}</p>
            </details>
          </li>
        ))}
      </ul>
      <AddDocument open={adding} onOpenChange={setAdding} />
    </Card>
  )
}
