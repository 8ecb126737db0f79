'use client'
import type { ApiKeyCreated, ApiKeyView } from '@throughline/contracts'
import { RotateDialog } from '../settings/rotate-dialog.tsx'
import { postRotation } from './api-keys.api.ts'

interface RotateKeyDialogProps {
  apiKey: ApiKeyView
  onClose(): void
  onCreated(created: ApiKeyCreated): void
}

/** A key that takes over from this one. */
export const RotateKeyDialog = ({ apiKey, onClose, onCreated }: RotateKeyDialogProps) => (
  <RotateDialog
    title={`Rotate “${apiKey.name}”?`}
    confirm="Rotate key"
    overlapLabel="How long the old key goes on"
    rotate={(overlapHours) => postRotation({ id: apiKey.id, overlapHours })}
    stale="api-keys"
    onClose={onClose}
    onMade={onCreated}
  >
    You get a new key with the same name and scopes. The old one goes on working for a while, so that machines can be
    told one after the other.
  </RotateDialog>
)
