// What the `agent__blog-writer` job does. The model is called outside of any transaction; the draft, the new state and
// the end of the job commit together, so a writer that is killed and started again leaves one version.
import { createHash } from 'node:crypto'
import { type Brief, quotesFor, type TextModel } from '@throughline/ai'
import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { Committed, RunningJob } from '@throughline/jobs'
import { clearAgentLive, emit, publishLive, setAgentLive } from '@throughline/realtime'
import type { Redis } from 'ioredis'
import { readKnowledge } from '../knowledge/index.ts'
import type { BlogWriterPayload } from './activities.jobs.ts'
import { findDraft, insertVersion, type LockedActivity } from './activities.repo.ts'
import { countWords, isFinal, titleOf } from './activities.rules.ts'
import { holdActivity, takeStep } from './activities.service.ts'
import { promptFor, systemPrompt } from './prompts.ts'

export interface WriterTools {
  model: TextModel
  redis: Redis
  /** In front of every key on Redis. */
  prefix: string
}

const agent = 'blog-writer'
const stepNames = [
  'Reading the brief',
  'Gathering documents',
  'Drafting',
  'Checking the draft',
  'Storing the draft',
] as const

/** Tells whoever looks which step the agent is at, and remembers it for those who load the page later. */
function reporter(job: RunningJob<BlogWriterPayload>, { redis, prefix }: WriterTools) {
  const { ctx, data, jobId } = job
  const role = `${agent}:${data.activityId}`
  return {
    async at(step: number) {
      const progress = { done: step, total: stepNames.length, step: stepNames[step] }
      const signal = { activityId: data.activityId, jobId, agent, progress }
      await setAgentLive(redis, prefix, { tenantId: ctx.tenantId, role, type: 'agent:progress', data: signal })
      await publishLive(redis, prefix, { tenantId: ctx.tenantId, type: 'agent:progress', data: signal })
      await job.progress(progress)
    },
    end: () => clearAgentLive(redis, prefix, { tenantId: ctx.tenantId, role }),
  }
}

/** The writer takes the activity up; a second start after a crash finds it being written already. */
const begin = (job: RunningJob<BlogWriterPayload>): Promise<LockedActivity> =>
  job.step(async () => {
    const { ctx, data, jobId, attempt } = job
    const activity = await holdActivity(ctx, data.activityId)
    await takeStep(ctx, activity, { state: 'GENERATING' })
    emit(ctx, 'agent:started', { activityId: activity.id, jobId, agent, attempt })
    return activity
  })

async function briefFor(ctx: Ctx, activity: LockedActivity, notes: string | null): Promise<Brief> {
  const { topic, audience, keywords, brandVoice, currentVersion } = activity
  const documents = await readKnowledge(ctx.db)
  const draft = notes ? await findDraft(ctx.db, ctx.tenantId, activity.id, currentVersion) : undefined
  return {
    topic,
    audience,
    keywords,
    brandVoice,
    documents,
    revision: draft && notes ? { ...draft, notes } : undefined,
  }
}

/** @throws AppError unprocessable when the model gave something that nobody could review */
function check(text: string): void {
  if (countWords(text) < 120) throw new AppError('unprocessable', { message: 'The model gave too short a draft.' })
}

/** Writes one version and puts it before the reviewers. @throws ModelError, FenceLostError */
export async function writeBlogPost(job: RunningJob<BlogWriterPayload>, tools: WriterTools): Promise<Committed> {
  const { ctx, data } = job
  const report = reporter(job, tools)
  try {
    const activity = await begin(job)
    await report.at(0)
    const brief = await briefFor(ctx, activity, data.notes)
    await report.at(1)
    await report.at(2)
    const written = await tools.model.write({
      system: systemPrompt,
      prompt: promptFor(brief),
      brief,
      signal: job.signal,
    })
    await report.at(3)
    check(written.text)
    await report.at(4)
    return await job.commit(async () => {
      const held = await holdActivity(ctx, data.activityId)
      const title = titleOf(written.text, brief.topic)
      await insertVersion(ctx.db, {
        activityId: held.id,
        number: data.version,
        title,
        body: written.text,
        contentHash: createHash('sha256').update(written.text).digest('hex'),
        provider: written.provider,
        model: written.model,
        notes: data.notes,
        sources: quotesFor(brief).map(({ id, title: source }) => ({ id, title: source })),
        wordCount: countWords(written.text),
      })
      await takeStep(ctx, held, { state: 'PENDING_REVIEW', title, currentVersion: data.version, submitted: true })
      emit(ctx, 'agent:completed', { activityId: held.id, jobId: job.jobId, agent, version: data.version })
      return { activityId: held.id, version: data.version }
    })
  } finally {
    await report.end()
  }
}

/** Out of attempts: the firm sees that there will be no draft, and may ask again. */
export async function giveUpBlogPost(
  ctx: Ctx,
  { activityId }: BlogWriterPayload,
  jobId: string,
  error: Error,
): Promise<void> {
  const activity = await holdActivity(ctx, activityId)
  // Called off in the meantime: there is nothing left to give up.
  if (isFinal(activity.state)) return
  await takeStep(ctx, activity, { state: 'GENERATION_FAILED' })
  emit(ctx, 'agent:failed', { activityId, jobId, agent, message: error.message.slice(0, 300) })
}
