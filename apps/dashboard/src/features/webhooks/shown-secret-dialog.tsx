'use client'
import type { WebhookWithSecret } from '@throughline/contracts'
import { Button, CopyButton, Dialog, Field, Input } from '@throughline/ui'

/** The secret, this once. Only its own button closes it. */
export const ShownSecretDialog = ({ made, onClose }: { made: WebhookWithSecret; onClose(): void }) => (
  <Dialog
    open
    keepOpen
    onOpenChange={(open) => !open && onClose()}
    title="The secret of your webhook"
    description="This is the only time that it is shown. The receiver checks with it that a message is from here."
  >
    <div className="grid gap-4">
      <p className="text-muted text-sm [overflow-wrap:anywhere]">{made.webhook.url}</p>
      <div className="grid grid-cols-[1fr_auto] items-end gap-2">
        <Field label="Secret">
          {(ids) => (
            <Input
              {...ids}
              readOnly
              value={made.secret}
              className="font-mono text-xs"
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
        <CopyButton text={made.secret} label="Copy the secret" />
      </div>
      <Button kind="primary" className="justify-self-end" onClick={onClose}>
        I have stored the secret
      </Button>
    </div>
  </Dialog>
)
