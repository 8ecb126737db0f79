// Names on Redis. The prefix lets several installations share one.

/** What a node publishes for one tenant: numbered events and passing signals. */
export const eventChannel = (prefix: string, tenantId: string): string => `${prefix}:events:${tenantId}`
export const eventChannelPattern = (prefix: string): string => `${prefix}:events:*`
/** Ids of sessions that have just ended; every node closes their sockets and refuses their tokens. */
export const revokedChannel = (prefix: string): string => `${prefix}:sessions:revoked`
/** The agent of this role that is working for the tenant. */
export const agentLiveKey = (prefix: string, tenantId: string, role: string): string =>
  `${prefix}:agent_live:${tenantId}:${role}`
export const agentLivePattern = (prefix: string, tenantId: string): string => `${prefix}:agent_live:${tenantId}:*`
