// From a change to a browser: how long after the answer (the commit) does the socket hear of it?
import { setTimeout } from 'node:timers/promises'
import { dealView } from '@throughline/contracts'
import { io } from 'socket.io-client'
import type { Server } from './processes.ts'

export interface EventFigures {
  n: number
  /** From the request being sent to the event, ms. */
  fromRequestP50: number
  fromRequestP99: number
  /** From the answer, which follows the commit, to the event, ms; below zero when the event was faster. */
  fromAnswerP50: number
  fromAnswerP99: number
}

const percentile = (values: number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

const patienceMs = 5_000

/** @param n changes, one after the other, as a person would make them */
export async function measureEvents(api: Server, token: string, n: number): Promise<EventFigures> {
  const socket = io(api.url, {
    path: '/socket.io',
    addTrailingSlash: false,
    transports: ['websocket'],
    auth: { token },
  })
  const heard = new Map<string, number>()
  socket.on('event', ({ type, data }: { type: string; data: { dealId?: string } }) => {
    if (type === 'deal.created' && data.dealId) heard.set(data.dealId, performance.now())
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('ready', resolve)
    socket.once('connect_error', reject)
  })
  const fromRequest: number[] = []
  const fromAnswer: number[] = []
  for (let each = 0; each < n; each++) {
    const sentAt = performance.now()
    const response = await fetch(`${api.url}/tenant/v1/deals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: `Event ${each} ${sentAt}` }),
    })
    const { id } = dealView.parse(await response.json())
    const answeredAt = performance.now()
    while (!heard.has(id)) {
      if (performance.now() - answeredAt > patienceMs) throw new Error('an event did not come')
      await setTimeout(1)
    }
    const at = heard.get(id) ?? 0
    fromRequest.push(at - sentAt)
    fromAnswer.push(at - answeredAt)
    await setTimeout(10)
  }
  socket.close()
  return {
    n,
    fromRequestP50: percentile(fromRequest, 0.5),
    fromRequestP99: percentile(fromRequest, 0.99),
    fromAnswerP50: percentile(fromAnswer, 0.5),
    fromAnswerP99: percentile(fromAnswer, 0.99),
  }
}
