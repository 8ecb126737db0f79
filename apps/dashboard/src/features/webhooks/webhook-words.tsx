import {
  type DeliveryState,
  type WebhookEventType,
  type WebhookMessageView,
  type WebhookView,
  webhookEventTypes,
} from '@throughline/contracts'
import { Badge, type Tone } from '@throughline/ui'

const eventLabels: Record<WebhookEventType, string> = {
  'deal.created': 'A deal is created',
  'deal.updated': 'A deal is changed',
  'deal.moved': 'A deal moves to another stage',
  'deal.deleted': 'A deal goes to the trash',
  'deal.restored': 'A deal comes back from the trash',
  'company.changed': 'A company is created or changed',
  'contact.changed': 'A contact is created or changed',
  'lead.received': 'A lead comes in',
}

/** Every event that can be told, with what it means. */
export const offeredEvents = webhookEventTypes.map((type) => ({ type, label: eventLabels[type] }))

const states: Record<WebhookView['state'], { label: string; tone: Tone }> = {
  active: { label: 'Active', tone: 'good' },
  failing: { label: 'Failing', tone: 'warn' },
  paused: { label: 'Paused', tone: 'neutral' },
  disabled: { label: 'Switched off', tone: 'bad' },
}
export const WebhookState = ({ state }: WebhookView) => <Badge tone={states[state].tone}>{states[state].label}</Badge>

const deliveries: Record<DeliveryState, { label: string; tone: Tone }> = {
  PENDING: { label: 'Waiting', tone: 'info' },
  DELIVERED: { label: 'Delivered', tone: 'good' },
  FAILED: { label: 'Failed', tone: 'bad' },
}
export const deliveryLabels = deliveries
export const MessageState = ({ state }: Pick<WebhookMessageView, 'state'>) => (
  <Badge tone={deliveries[state].tone}>{deliveries[state].label}</Badge>
)

/** Why nothing is sent, or what is wrong, in a sentence; nothing when all is well. */
export function troubleOf({ state, disabledReason }: WebhookView): string | undefined {
  if (state === 'failing') return 'The last messages were not taken. They are tried again for three days.'
  if (state === 'paused') return 'Nothing is sent. What happens meanwhile waits, and is sent when you resume.'
  if (state === 'active') return undefined
  return disabledReason === 'gone'
    ? 'The receiver answered 410 Gone, so nothing more is sent there. Resume it when it works again.'
    : 'Nothing was taken for five days, so nothing more is sent there. Resume it when it works again.'
}

/** What came of the last try. */
export const lastAnswerOf = ({ lastStatus, lastError, attempts }: WebhookMessageView): string => {
  if (lastStatus !== null) return `${lastStatus}`
  if (lastError !== null) return 'No answer'
  return attempts === 0 ? 'Not sent yet' : 'Under way'
}
