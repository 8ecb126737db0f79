// The one list of routers. Each has one guard; who registers what is one search away.
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { type Guard, guardRouter } from '../plugins/guards.ts'
import type { Resources } from '../resources.ts'
import { registerPlatformAuditRoutes } from './admin/audit.routes.ts'
import { registerConsoleRoutes } from './admin/console.routes.ts'
import { registerMailRoutes } from './admin/mails.routes.ts'
import { registerPeopleRoutes } from './admin/people.routes.ts'
import { registerQueueConsole } from './admin/queue-console.ts'
import { registerAccountRoutes } from './auth/account.routes.ts'
import { registerAuthRoutes } from './auth/auth.routes.ts'
import { registerRegistrationRoutes } from './auth/registration.routes.ts'
import { registerSessionRoutes } from './auth/sessions.routes.ts'
import { registerQueueRoutes } from './dm/queue.routes.ts'
import { registerReviewRoutes } from './dm/reviews.routes.ts'
import { registerFileLinkRoutes, registerFileRoutes } from './media/files.routes.ts'
import { registerPaymentEventRoutes } from './pg/payment-events.routes.ts'
import { registerPortalRoutes } from './portal/portal.routes.ts'
import { registerActivityRoutes } from './tenant/activities.routes.ts'
import { registerAllocationRoutes } from './tenant/allocations.routes.ts'
import { registerApiKeyRoutes } from './tenant/api-keys.routes.ts'
import { registerAuditRoutes } from './tenant/audit.routes.ts'
import { registerBookRoutes } from './tenant/books.routes.ts'
import { registerCallLineRoutes } from './tenant/call-lines.routes.ts'
import { registerCapitalCallRoutes } from './tenant/capital-calls.routes.ts'
import { registerCommitmentRoutes } from './tenant/commitments.routes.ts'
import { registerCompanyRoutes } from './tenant/companies.routes.ts'
import { registerContactRoutes } from './tenant/contacts.routes.ts'
import { registerCustomFieldRoutes } from './tenant/custom-fields.routes.ts'
import { registerDealBulkRoutes } from './tenant/deal-bulk.routes.ts'
import { registerDealImportRoutes } from './tenant/deal-imports.routes.ts'
import { registerDealSummaryRoutes } from './tenant/deal-summaries.routes.ts'
import { registerDealThreadRoutes } from './tenant/deal-thread.routes.ts'
import { registerDealRoutes } from './tenant/deals.routes.ts'
import { registerDistributionRoutes } from './tenant/distributions.routes.ts'
import { registerDuplicateRoutes } from './tenant/duplicates.routes.ts'
import { registerEventRoutes } from './tenant/events.routes.ts'
import { registerExportRoutes } from './tenant/exports.routes.ts'
import { registerFigureRoutes } from './tenant/figures.routes.ts'
import { registerFundDocumentRoutes } from './tenant/fund-documents.routes.ts'
import { registerFundImportRoutes } from './tenant/fund-imports.routes.ts'
import { registerFundRoutes } from './tenant/funds.routes.ts'
import { registerImportSourceRoutes } from './tenant/import-sources.routes.ts'
import { registerInvestorRoutes } from './tenant/investors.routes.ts'
import { registerJobRoutes } from './tenant/jobs.routes.ts'
import { registerKnowledgeRoutes } from './tenant/knowledge.routes.ts'
import { registerLeadRoutes } from './tenant/leads.routes.ts'
import { registerMemberRoutes } from './tenant/members.routes.ts'
import { registerNotificationRoutes } from './tenant/notifications.routes.ts'
import { registerPaymentRoutes } from './tenant/payments.routes.ts'
import { registerPipelineRoutes } from './tenant/pipeline.routes.ts'
import { registerReconciliationRoutes } from './tenant/reconciliation.routes.ts'
import { registerSearchRoutes } from './tenant/search.routes.ts'
import { registerSettingsRoutes } from './tenant/settings.routes.ts'
import { registerStatisticsRoutes } from './tenant/statistics.routes.ts'
import { registerTimelineRoutes } from './tenant/timeline.routes.ts'
import { registerValuationRoutes } from './tenant/valuation.routes.ts'
import { registerViewRoutes } from './tenant/views.routes.ts'
import { registerWebhookRoutes } from './tenant/webhooks.routes.ts'
import type { TypedApp } from './typed.ts'

type Register = (app: TypedApp, resources: Resources) => void | Promise<void>

const routers: { prefix: string; guard: Guard; routes: Register[] }[] = [
  { prefix: '/auth/v1', guard: 'public', routes: [registerAuthRoutes, registerRegistrationRoutes] },
  { prefix: '/auth/v1', guard: 'anyone', routes: [registerSessionRoutes, registerAccountRoutes] },
  {
    prefix: '/tenant/v1',
    guard: 'tenant',
    routes: [
      registerDealRoutes,
      registerDealBulkRoutes,
      registerStatisticsRoutes,
      registerDealImportRoutes,
      registerImportSourceRoutes,
      registerExportRoutes,
      registerFundDocumentRoutes,
      registerDealSummaryRoutes,
      registerCompanyRoutes,
      registerContactRoutes,
      registerDuplicateRoutes,
      registerPipelineRoutes,
      registerCustomFieldRoutes,
      registerViewRoutes,
      registerTimelineRoutes,
      registerLeadRoutes,
      registerSearchRoutes,
      registerFundImportRoutes,
      registerReconciliationRoutes,
      registerFundRoutes,
      registerInvestorRoutes,
      registerCommitmentRoutes,
      registerAllocationRoutes,
      registerCapitalCallRoutes,
      registerCallLineRoutes,
      registerDistributionRoutes,
      registerValuationRoutes,
      registerFigureRoutes,
      registerDealThreadRoutes,
      registerBookRoutes,
      registerActivityRoutes,
      registerKnowledgeRoutes,
      registerJobRoutes,
      registerEventRoutes,
      registerSettingsRoutes,
      registerMemberRoutes,
      registerApiKeyRoutes,
      registerWebhookRoutes,
      registerAuditRoutes,
      registerNotificationRoutes,
      registerPaymentRoutes,
    ],
  },
  { prefix: '/media/v1', guard: 'tenant', routes: [registerFileRoutes] },
  { prefix: '/pg/v1', guard: 'public', routes: [registerPaymentEventRoutes] },
  { prefix: '/media/v1', guard: 'public', routes: [registerFileLinkRoutes] },
  { prefix: '/portal/v1', guard: 'public', routes: [registerPortalRoutes] },
  { prefix: '/dm/v1', guard: 'reviewer', routes: [registerQueueRoutes, registerReviewRoutes] },
  {
    prefix: '/admin/v1',
    guard: 'superadmin',
    routes: [
      registerConsoleRoutes,
      registerPeopleRoutes,
      registerPlatformAuditRoutes,
      registerMailRoutes,
      registerQueueConsole,
    ],
  },
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
