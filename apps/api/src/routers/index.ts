// The one list of routers. Each has one guard; who registers what is one search away.
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { type Guard, guardRouter } from '../plugins/guards.ts'
import type { Resources } from '../resources.ts'
import { registerConsoleRoutes } from './admin/console.routes.ts'
import { registerQueueConsole } from './admin/queue-console.ts'
import { registerAuthRoutes, registerSessionRoutes } from './auth/auth.routes.ts'
import { registerQueueRoutes } from './dm/queue.routes.ts'
import { registerReviewRoutes } from './dm/reviews.routes.ts'
import { registerFileLinkRoutes, registerFileRoutes } from './media/files.routes.ts'
import { registerActivityRoutes } from './tenant/activities.routes.ts'
import { registerCompanyRoutes } from './tenant/companies.routes.ts'
import { registerDealImportRoutes } from './tenant/deal-imports.routes.ts'
import { registerDealRoutes } from './tenant/deals.routes.ts'
import { registerEventRoutes } from './tenant/events.routes.ts'
import { registerJobRoutes } from './tenant/jobs.routes.ts'
import { registerKnowledgeRoutes } from './tenant/knowledge.routes.ts'
import { registerNotificationRoutes } from './tenant/notifications.routes.ts'
import { registerSettingsRoutes } from './tenant/settings.routes.ts'
import type { TypedApp } from './typed.ts'

type Register = (app: TypedApp, resources: Resources) => void | Promise<void>

const routers: { prefix: string; guard: Guard; routes: Register[] }[] = [
  { prefix: '/auth/v1', guard: 'public', routes: [registerAuthRoutes] },
  { prefix: '/auth/v1', guard: 'anyone', routes: [registerSessionRoutes] },
  {
    prefix: '/tenant/v1',
    guard: 'tenant',
    routes: [
      registerDealRoutes,
      registerDealImportRoutes,
      registerCompanyRoutes,
      registerActivityRoutes,
      registerKnowledgeRoutes,
      registerJobRoutes,
      registerEventRoutes,
      registerSettingsRoutes,
      registerNotificationRoutes,
    ],
  },
  { prefix: '/media/v1', guard: 'tenant', routes: [registerFileRoutes] },
  { prefix: '/media/v1', guard: 'public', routes: [registerFileLinkRoutes] },
  { prefix: '/dm/v1', guard: 'reviewer', routes: [registerQueueRoutes, registerReviewRoutes] },
  { prefix: '/admin/v1', guard: 'superadmin', routes: [registerConsoleRoutes, registerQueueConsole] },
]

/** Mounts every router behind its guard. Production and tests build the same app. */
export async function registerRouters(app: FastifyInstance, resources: Resources): Promise<void> {
  for (const { prefix, guard, routes } of routers) {
    await app.register(
      async (scope) => {
        guardRouter(scope, guard)
        for (const register of routes) await register(scope.withTypeProvider<ZodTypeProvider>(), resources)
      },
      { prefix },
    )
  }
}
