'use client'
import type { WebhookWithSecret } from '@throughline/contracts'
import { ShownOnce } from '../settings/shown-once.tsx'

/** The secret of a webhook, this once. */
export const ShownSecretDialog = ({ made, onClose }: { made: WebhookWithSecret; onClose(): void }) => (
  <ShownOnce
    title="The secret of your webhook"
    description="This is the only time that it is shown. The receiver checks with it that a message is from here."
    name="secret"
    secret={made.secret}
    onClose={onClose}
    before={<p className="text-muted text-sm [overflow-wrap:anywhere]">{made.webhook.url}</p>}
  />
)
