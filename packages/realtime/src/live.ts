// Passing signals, and the little that has to outlive a page load: which agents are at work.
import {
  type LiveData,
  type LiveType,
  type LiveView,
  liveCatalogue,
  liveView,
  type PublishedMessage,
} from '@throughline/contracts'
import type { Redis } from 'ioredis'
import { agentLiveKey, agentLivePattern, eventChannel } from './channels.ts'

/** An agent that has said nothing for this long is not at work any more. */
const agentLiveSeconds = 30 * 60

const liveOf = <T extends LiveType>(type: T, data: LiveData<T>): LiveView =>
  liveView.parse({ type, data: liveCatalogue[type].parse(data), at: new Date().toISOString() })

/** Sends a signal to whoever is looking; not kept, not numbered. */
export async function publishLive<T extends LiveType>(
  redis: Redis,
  prefix: string,
  { tenantId, type, data }: { tenantId: string; type: T; data: LiveData<T> },
): Promise<void> {
  const message: PublishedMessage = { kind: 'live', tenantId, live: liveOf(type, data) }
  await redis.publish(eventChannel(prefix, tenantId), JSON.stringify(message))
}

export interface AgentLive {
  tenantId: string
  /** The agent, e.g. `blog-writer`, and what it works on: several may run at once. */
  role: string
}

/** Remembers for 30 minutes what an agent is doing. */
export async function setAgentLive<T extends LiveType>(
  redis: Redis,
  prefix: string,
  { tenantId, role, type, data }: AgentLive & { type: T; data: LiveData<T> },
): Promise<void> {
  await redis.set(agentLiveKey(prefix, tenantId, role), JSON.stringify(liveOf(type, data)), 'EX', agentLiveSeconds)
}

export async function clearAgentLive(redis: Redis, prefix: string, { tenantId, role }: AgentLive): Promise<void> {
  await redis.del(agentLiveKey(prefix, tenantId, role))
}

/** The agents that are at work for a tenant, for a page that has just been loaded. */
export async function readAgentsLive(
  redis: Redis,
  prefix: string,
  tenantId: string,
): Promise<(LiveView & { role: string })[]> {
  const start = agentLiveKey(prefix, tenantId, '').length
  const keys: string[] = []
  for await (const found of redis.scanStream({ match: agentLivePattern(prefix, tenantId), count: 500 }))
    keys.push(...(found as string[]))
  const values = keys.length > 0 ? await redis.mget(keys) : []
  return keys.flatMap((key, index) => {
    const value = values[index]
    return value ? [{ role: key.slice(start), ...liveView.parse(JSON.parse(value)) }] : []
  })
}
