import { listNotifications, markNotificationRead } from '@throughline/accounts'
import { idParam, notificationView, pageOf, pageQuery } from '@throughline/contracts'
import { noBody, refusals, type TypedApp } from '../typed.ts'

const tags = ['notifications']
const notificationPage = pageOf(notificationView).meta({ id: 'NotificationPage' })

/** What the platform has to tell this member. */
export function registerNotificationRoutes(app: TypedApp): void {
  app.get(
    '/notifications',
    {
      config: { permission: 'notification:read' },
      schema: {
        tags,
        summary: 'Notifications, newest first',
        querystring: pageQuery,
        response: { 200: notificationPage, ...refusals },
      },
    },
    (request) => listNotifications(request.ctx, request.query),
  )
  app.post(
    '/notifications/:notificationId/read',
    {
      config: { permission: 'notification:read' },
      schema: {
        tags,
        summary: 'Mark a notification as read',
        params: idParam('notificationId'),
        body: noBody,
        response: { 200: notificationView, ...refusals },
      },
    },
    (request) => markNotificationRead(request.ctx, request.params.notificationId),
  )
}
