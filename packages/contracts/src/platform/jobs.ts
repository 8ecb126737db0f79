import * as z from 'zod'
import { id, instant, pageOf, pageQuery } from '../common.ts'

export const jobStates = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'DEAD', 'CANCELLED'] as const
export type JobState = (typeof jobStates)[number]
export const workerProfiles = ['llm', 'util', 'documents'] as const
export type WorkerProfile = (typeof workerProfiles)[number]

export const jobProgress = z.object({
  done: z.number(),
  /** Null while nobody knows how much there is. */
  total: z.number().nullable(),
  step: z.string().optional(),
})
export type JobProgress = z.infer<typeof jobProgress>

/** What travels in BullMQ: ids and the payload, nothing secret. */
export const jobEnvelope = z.object({
  jobId: id,
  tenantId: id,
  actorId: id.nullable(),
  actorKind: z.enum(['user', 'platform', 'system', 'api_key']),
  /** The superadmin who acted as the actor; what was sent before this was known lacks it. */
  impersonatorId: id.nullable().default(null),
  requestId: z.string().nullable(),
  traceparent: z.string().nullable(),
  data: z.unknown(),
})
export type JobEnvelope = z.infer<typeof jobEnvelope>

export const jobView = z
  .object({
    id,
    name: z.string(),
    state: z.enum(jobStates),
    attempt: z.number().int(),
    failures: z.number().int(),
    maxAttempts: z.number().int(),
    progress: jobProgress.nullable(),
    result: z.unknown().nullable(),
    error: z.object({ message: z.string() }).nullable(),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Job' })
export type JobView = z.infer<typeof jobView>
export const jobPage = pageOf(jobView).meta({ id: 'JobPage' })

export const adminJobView = jobView
  .extend({ tenantId: id, tenantName: z.string(), queue: z.string(), requestId: z.string().nullable() })
  .meta({ id: 'AdminJob' })
export type AdminJobView = z.infer<typeof adminJobView>
export const listAdminJobs = pageQuery.extend({ state: z.enum(jobStates).optional(), tenantId: id.optional() })
export const adminJobPage = pageOf(adminJobView).meta({ id: 'AdminJobPage' })

export const queueCounts = z
  .object({
    queues: z.array(
      z.object({
        name: z.string(),
        profile: z.enum(workerProfiles),
        waiting: z.number().int(),
        active: z.number().int(),
        delayed: z.number().int(),
        failed: z.number().int(),
        workers: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'QueueCounts' })

export type QueueCounts = z.infer<typeof queueCounts>

export const platformHealth = z
  .object({
    parts: z.array(
      z.object({ name: z.string(), status: z.enum(['up', 'down', 'late']), detail: z.string(), checkedAt: instant }),
    ),
  })
  .meta({ id: 'PlatformHealth' })
export type PlatformHealth = z.infer<typeof platformHealth>
