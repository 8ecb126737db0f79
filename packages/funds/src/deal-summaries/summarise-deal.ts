// What the `agent__deal-summary` job does. Documents are read and the model is called outside of any transaction; the summary
// and the end of the job commit together, so a worker that is killed and started again leaves one.
import { ModelError, type TextModel } from '@throughline/ai'
import type { SummarySentence } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { Committed, RunningJob } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import type { Storage } from '@throughline/storage'
import { checkAnswer, isGrounded } from './citations.rules.ts'
import type { DealSummaryPayload } from './deal-summaries.jobs.ts'
import { findSummary, readDealPapers, type SummaryRow, writeFailed, writeMade } from './deal-summaries.repo.ts'
import { digestOf } from './deal-summaries.service.ts'
import { type Passage, passagesOf, withoutBrackets } from './passages.rules.ts'
import { promptFor, systemPrompt } from './prompts.ts'
import { maxDocuments, type ReadPaper, readPaper } from './read-document.ts'

export interface SummaryTools {
  model: TextModel
  storage: Storage
}

type SummaryJob = RunningJob<DealSummaryPayload>

async function readAll(job: SummaryJob, { storage }: SummaryTools, dealId: string) {
  const papers = await readDealPapers(job.ctx.db, dealId, maxDocuments)
  const total = papers.length + 2
  const read: ReadPaper[] = []
  for (const [done, paper] of papers.entries()) {
    job.signal.throwIfAborted()
    await job.progress({ done, total, step: `Reading ${paper.name}` })
    read.push(await readPaper(storage, paper, { documents: papers.length, signal: job.signal }))
  }
  return { inputDigest: digestOf(papers), total, read }
}

/** Ends without a summary: that there is none is the answer, and trying again would give the same. */
const endWithout = (job: SummaryJob, { id, dealId }: SummaryRow, error: string): Promise<Committed> =>
  job.commit(async () => {
    await fail(job.ctx, { id, dealId }, error)
    return { summaryId: id }
  })

async function fail(ctx: Ctx, { id, dealId }: Pick<SummaryRow, 'id' | 'dealId'>, error: string): Promise<void> {
  if (await writeFailed(ctx.db, id, error))
    emit(ctx, 'deal_summary.changed', { dealId, summaryId: id, state: 'FAILED' })
}

const citedOf = (passages: readonly Passage[], sentences: readonly SummarySentence[]): Passage[] => {
  const cited = new Set(sentences.flatMap(({ citations }) => citations))
  return passages.filter(({ number }) => cited.has(number))
}

/** Reads, asks, checks, keeps. @throws ModelError, FenceLostError */
export async function summariseDeal(job: SummaryJob, tools: SummaryTools): Promise<Committed> {
  const { ctx, data, signal } = job
  const summary = await findSummary(ctx.db, data.summaryId)
  if (!summary) throw new Error('a summary is there before its job')
  const { inputDigest, total, read } = await readAll(job, tools, summary.dealId)
  const passages = passagesOf(read)
  if (passages.length === 0) return endWithout(job, summary, 'None of the documents has text that can be read.')
  await job.progress({ done: total - 2, total, step: 'Writing' })
  const written = await tools.model.write({
    system: systemPrompt,
    prompt: promptFor(passages),
    brief: { passages: passages.map((each) => ({ ...each, text: withoutBrackets(each.text) })) },
    signal,
  })
  const sentences = checkAnswer(written.text, passages)
  if (!isGrounded(sentences)) {
    if (written.model === null) return endWithout(job, summary, 'The documents have no whole sentence to pick.')
    throw new ModelError('incomplete', 'no sentence of the model’s answer stands on the documents')
  }
  await job.progress({ done: total - 1, total, step: 'Keeping it' })
  return job.commit(async () => {
    const { provider, model } = written
    const sources = read.map(({ source }) => source)
    const made = {
      sentences,
      passages: citedOf(passages, sentences),
      sources,
      inputDigest,
      provider,
      model,
      now: ctx.now(),
    }
    if (await writeMade(ctx.db, summary.id, made))
      emit(ctx, 'deal_summary.changed', { dealId: summary.dealId, summaryId: summary.id, state: 'READY' })
    return { summaryId: summary.id }
  })
}

/** Out of attempts: those who look see that there will be none, and may ask again. */
export async function giveUpDealSummary(ctx: Ctx, { summaryId }: DealSummaryPayload, _jobId: string, error: Error) {
  const summary = await findSummary(ctx.db, summaryId)
  if (!summary) return
  const why = error instanceof ModelError ? `${error.message}.` : 'Something went wrong.'
  await fail(ctx, summary, `The summary could not be made: ${why} Ask for it again.`)
}
