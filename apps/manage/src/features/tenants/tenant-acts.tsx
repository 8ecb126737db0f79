'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AdminTenantView } from '@throughline/contracts'
import { Alert, Button, Dialog, formatNumber, messageOf, toast } from '@throughline/ui'
import { useState } from 'react'
import { ReasonDialog } from '../reason-dialog.tsx'
import { postReactivate, postSuspend } from './tenants.api.ts'

/** Takes the answer for what is known of the firm: asking again would be written down as another look. */
function useTakeAnswer(done: () => void) {
  const client = useQueryClient()
  return (tenant: AdminTenantView) => {
    client.setQueryData(['tenant', tenant.id], tenant)
    done()
    return client.invalidateQueries({ queryKey: ['tenants'] })
  }
}

function Suspend({ tenant }: { tenant: AdminTenantView }) {
  const [open, setOpen] = useState(false)
  const takeAnswer = useTakeAnswer(() => setOpen(false))
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: postSuspend,
    onSuccess: (answer) => {
      toast.success(`${answer.name} is suspended`)
      return takeAnswer(answer)
    },
  })
  return (
    <>
      <p className="text-muted text-sm">
        Shuts the firm out: nobody signs in to it any more, and its API keys stop working.
      </p>
      <Button kind="danger" className="justify-self-start" onClick={() => setOpen(true)}>
        Suspend firm
      </Button>
      <ReasonDialog
        open={open}
        onClose={() => {
          setOpen(false)
          reset()
        }}
        title={`Suspend ${tenant.name}?`}
        confirm="Suspend firm"
        isPending={isPending}
        error={error}
        onConfirm={(reason) => mutate({ tenantId: tenant.id, reason })}
      >
        Everybody who works there ({formatNumber(tenant.members)}) is signed out within seconds and cannot sign in until
        the firm is reactivated. Nothing is deleted.
      </ReasonDialog>
    </>
  )
}

function Reactivate({ tenant }: { tenant: AdminTenantView }) {
  const [open, setOpen] = useState(false)
  const takeAnswer = useTakeAnswer(() => setOpen(false))
  const { mutate, isPending, error } = useMutation({
    mutationFn: postReactivate,
    onSuccess: (answer) => {
      toast.success(`${answer.name} is active again`)
      return takeAnswer(answer)
    },
  })
  return (
    <>
      <p className="text-muted text-sm">Nobody of this firm can sign in at the moment. All its data is kept.</p>
      <Button kind="primary" className="justify-self-start" onClick={() => setOpen(true)}>
        Reactivate firm
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Reactivate ${tenant.name}?`}
        description="Its people can sign in again at once. Sessions from before stay ended."
      >
        {error ? <Alert className="mb-4">{messageOf(error)}</Alert> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button kind="primary" disabled={isPending} onClick={() => mutate(tenant.id)}>
            Reactivate firm
          </Button>
        </div>
      </Dialog>
    </>
  )
}

/** Shutting a firm out, and letting it in again. */
export const TenantActs = ({ tenant }: { tenant: AdminTenantView }) => (
  <section aria-label="Access" className="grid gap-3 border-line border-t pt-4">
    <h3 className="font-semibold">Access</h3>
    {tenant.status === 'ACTIVE' ? <Suspend tenant={tenant} /> : <Reactivate tenant={tenant} />}
  </section>
)
