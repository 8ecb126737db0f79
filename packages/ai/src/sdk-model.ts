// Anthropic, OpenAI, Google and everything that speaks OpenAI's protocol (vLLM, Ollama), through the AI SDK.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { Config } from '@throughline/config'
import { APICallError, type LanguageModel, streamText } from 'ai'
import { ModelError, type TextModel, type WriteRequest } from './port.ts'

/** A post of 900 words and room to spare; a model that goes on for longer has lost its way. */
const maxOutputTokens = 4_000

type ModelSettings = Config['ai'] & { model: string }

function languageModel({ provider, model, apiKey, baseUrl }: ModelSettings): LanguageModel {
  switch (provider) {
    case 'anthropic':
      return createAnthropic({ apiKey, baseURL: baseUrl })(model)
    case 'google':
      return createGoogle({ apiKey, baseURL: baseUrl })(model)
    case 'openai':
      return createOpenAI({ apiKey, baseURL: baseUrl }).chat(model)
    case 'openai-compatible':
      if (!baseUrl) throw new ModelError('not_configured', 'AI_BASE_URL is not set')
      return createOpenAICompatible({ name: 'openai-compatible', apiKey, baseURL: baseUrl })(model)
    case 'offline':
      throw new ModelError('not_configured', 'the offline writer uses no model')
  }
}

/** The provider's own words may hold the request; only the status is passed on. */
function toModelError(error: unknown, caller: AbortSignal | undefined, deadline: AbortSignal): ModelError {
  if (error instanceof ModelError) return error
  if (caller?.aborted) return new ModelError('aborted', 'the writing was stopped', error)
  if (deadline.aborted) return new ModelError('unavailable', 'the model provider took too long', error)
  if (!APICallError.isInstance(error)) return new ModelError('incomplete', 'the model’s answer broke off', error)
  const status = error.statusCode
  if (status === 429) return new ModelError('rate_limited', 'the model provider limits our requests (429)', error)
  if (status === 401 || status === 403)
    return new ModelError('not_configured', `the model provider refuses our key (${status})`, error)
  if (status !== undefined && status < 400) return new ModelError('incomplete', 'the model’s answer broke off', error)
  if (status !== undefined && status < 500)
    return new ModelError('refused', `the model provider refused the request (${status})`, error)
  return new ModelError('unavailable', `the model provider does not answer (${status ?? 'no connection'})`, error)
}

/** A model behind the port. The SDK does not retry: our jobs do, and are counted. */
export function createSdkModel(settings: ModelSettings): TextModel {
  const { provider, model, timeoutMs } = settings
  return {
    provider,
    model,
    async write({ system, prompt, signal, onProgress }: WriteRequest) {
      const deadline = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])])
      let failure: unknown
      try {
        const stream = streamText({
          model: languageModel(settings),
          system,
          prompt,
          maxOutputTokens,
          maxRetries: 0,
          abortSignal: deadline,
          onError: ({ error }) => {
            failure = error
          },
        })
        let text = ''
        for await (const part of stream.textStream) {
          text += part
          onProgress?.(text.length)
        }
        if (failure) throw failure
        const reason = await stream.finishReason
        if (reason === 'length') throw new ModelError('incomplete', 'the model ran out of room before the end')
        if (reason === 'content-filter') throw new ModelError('refused', 'the model provider filtered the answer')
        if (text.trim() === '' || reason === 'error')
          throw new ModelError('incomplete', 'the model gave no usable text')
        return { text, provider, model }
      } catch (error) {
        throw toModelError(failure ?? error, signal, deadline)
      }
    },
  }
}
