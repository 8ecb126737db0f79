// Every provider against a local server that speaks its wire format.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from '@throughline/config'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTextModel } from './index.ts'
import type { ModelError } from './port.ts'

type Provider = Exclude<Config['ai']['provider'], 'offline'>
type Mode = 'ok' | 'rate limited' | 'broken' | 'refused' | 'abrupt end' | 'malformed' | 'too long' | 'silence'

const text = ['# A post\n\n', 'Written by ', 'a fake.']
let mode: Mode = 'ok'
let asked: { url: string; headers: IncomingMessage['headers']; body: string }[] = []

const data = (value: object | string) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`
const event = (name: string, value: object) => `event: ${name}\n${data({ type: name, ...value })}`

/** What each provider streams, piece by piece, and its last words. */
const wire: Record<Provider, { pieces: string[]; end(reason: 'stop' | 'length'): string }> = {
  'openai-compatible': chat(),
  openai: chat(),
  anthropic: {
    pieces: [
      event('message_start', {
        message: {
          id: 'm',
          type: 'message',
          role: 'assistant',
          model: 'fake',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 1, output_tokens: 1 },
        },
      }),
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      ...text.map((part) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: part } })),
    ],
    end: (reason) =>
      event('content_block_stop', { index: 0 }) +
      event('message_delta', {
        delta: { stop_reason: reason === 'stop' ? 'end_turn' : 'max_tokens', stop_sequence: null },
        usage: { output_tokens: 3 },
      }) +
      event('message_stop', {}),
  },
  google: {
    pieces: text.map((part) =>
      data({ candidates: [{ content: { parts: [{ text: part }], role: 'model' }, index: 0 }] }),
    ),
    end: (reason) =>
      data({
        candidates: [
          {
            content: { parts: [{ text: '' }], role: 'model' },
            finishReason: reason === 'stop' ? 'STOP' : 'MAX_TOKENS',
            index: 0,
          },
        ],
        usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 3, totalTokenCount: 4 },
      }),
  },
}

function chat() {
  const chunk = (delta: object, finish: string | null = null) =>
    data({
      id: 'c',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'fake',
      choices: [{ index: 0, delta, finish_reason: finish }],
    })
  return {
    pieces: text.map((content, index) => chunk(index === 0 ? { role: 'assistant', content } : { content })),
    end: (reason: 'stop' | 'length') => chunk({}, reason) + data('[DONE]'),
  }
}

const refusals: Partial<Record<Mode, number>> = { 'rate limited': 429, broken: 500, refused: 400 }

function answer(provider: Provider, response: ServerResponse): void {
  const status = refusals[mode]
  if (status) {
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message: 'no', type: 'x', code: status, status: 'X' } }))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if (mode === 'silence') return
  const { pieces, end } = wire[provider]
  if (mode === 'malformed') {
    response.end(data('{"this is": not json'))
    return
  }
  for (const piece of pieces) response.write(piece)
  if (mode === 'abrupt end') setTimeout(() => response.destroy(), 20)
  else response.end(end(mode === 'too long' ? 'length' : 'stop'))
}

let provider: Provider = 'openai'
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  asked.push({ url: request.url ?? '', headers: request.headers, body })
  answer(provider, response)
})

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
beforeEach(() => {
  mode = 'ok'
  asked = []
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const key = 'sk-local-test-key'
const write = (of: Provider, timeoutMs = 5_000, onProgress?: (characters: number) => void) => {
  provider = of
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const model = createTextModel({ provider: of, model: 'fake', apiKey: key, baseUrl, timeoutMs })
  const brief = { topic: 't', audience: 'a', keywords: [], brandVoice: '', documents: [] }
  return model.write({ system: 'Be brief.', prompt: 'Write a post.', brief, onProgress })
}
const failure = async (of: Provider, timeoutMs?: number): Promise<ModelError> =>
  write(of, timeoutMs).then(
    () => {
      throw new Error('it should have failed')
    },
    (error: ModelError) => error,
  )

describe.for(['anthropic', 'openai', 'google', 'openai-compatible'] as const)('%s', (of) => {
  it('streams a post, and the prompt and key reach it', async () => {
    const lengths: number[] = []
    const written = await write(of, 5_000, (characters) => lengths.push(characters))
    expect(written).toEqual({ text: text.join(''), provider: of, model: 'fake' })
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b))
    expect(lengths.at(-1)).toBe(text.join('').length)
    expect(asked).toHaveLength(1)
    expect(asked[0]?.body).toContain('Write a post.')
    expect(asked[0]?.body).toContain('Be brief.')
    expect(JSON.stringify(asked[0]?.headers)).toContain(key)
  })

  it.for([
    ['rate limited', 'rate_limited', true],
    ['broken', 'unavailable', true],
    ['refused', 'refused', false],
    ['abrupt end', 'incomplete', true],
    ['malformed', 'incomplete', true],
    ['too long', 'incomplete', true],
  ] as const)(
    'says what it means when it is %s, asks once, and does not tell the key',
    async ([how, kind, retryable]) => {
      mode = how
      const error = await failure(of)
      expect(error).toMatchObject({ name: 'ModelError', kind })
      expect(error.retryable).toBe(retryable)
      expect(error.message).not.toContain(key)
      expect(asked).toHaveLength(1)
    },
  )

  it('gives up on a model that says nothing', async () => {
    mode = 'silence'
    expect(await failure(of, 100)).toMatchObject({ kind: 'unavailable', retryable: true })
  })
})

it('cannot reach a server that is not there', async () => {
  const model = createTextModel({
    provider: 'openai-compatible',
    model: 'fake',
    apiKey: key,
    baseUrl: 'http://127.0.0.1:9/v1',
    timeoutMs: 2_000,
  })
  const brief = { topic: 't', audience: 'a', keywords: [], brandVoice: '', documents: [] }
  await expect(model.write({ system: '', prompt: 'x', brief })).rejects.toMatchObject({ kind: 'unavailable' })
})
