export { listNotifications, markNotificationRead, type NotificationInput, notify } from './notifications.service.ts'
