export { type Deliverer, type DelivererOptions, startDeliverer } from './deliverer.ts'
export {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  pauseWebhook,
  resumeWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
  type WebhookTools,
} from './endpoints.service.ts'
export { countOverdue } from './messages.repo.ts'
export { getWebhookMessage, listWebhookMessages, replayWebhook, replayWebhookMessage } from './messages.service.ts'
export { purgeWebhooks } from './purge.ts'
