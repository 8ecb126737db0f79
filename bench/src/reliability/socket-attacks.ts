// What is tried at the door of the sockets. Each attack says how many of its attempts were refused.
import type { Server } from '../processes.ts'
import { enter, isGone, isRefused } from './socket-clients.ts'

export interface Attack {
  name: string
  /** As the server's metric calls it. */
  reason: string
  /** How often that metric must rise. */
  counted: number
  attempts: number
  /** @returns how many attempts were refused */
  run(api: Server): Promise<number>
}

const atOnce = 25

async function inBatches(n: number, attempt: (each: number) => Promise<number>): Promise<number> {
  let refused = 0
  for (let from = 0; from < n; from += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, n - from) }, (_, each) => attempt(from + each))
    for (const count of await Promise.all(batch)) refused += count
  }
  return refused
}
const one = async (refused: Promise<boolean>): Promise<number> => ((await refused) ? 1 : 0)

export const badTokens = (forged: Record<string, string | undefined>, n: number): Attack[] =>
  Object.entries(forged).map(([kind, token]) => ({
    name: `token: ${kind}`,
    reason: 'token',
    counted: n,
    attempts: n,
    run: (api) => inBatches(n, () => one(isRefused(api, { token }))),
  }))

const origins = ['https://evil.example', 'null', 'http://localhost:3000.evil.example', 'https://localhost:3000']

export const foreignOrigins = (token: string, n: number): Attack => ({
  name: 'foreign Origin, on both transports',
  reason: 'origin',
  counted: n * 2,
  attempts: n * 2,
  run: (api) =>
    inBatches(n, async (each) => {
      const headers = { origin: origins[each % origins.length] ?? '' }
      const polled = await fetch(`${api.url}/socket.io?EIO=4&transport=polling`, { headers })
      return (await one(isRefused(api, { token, headers }))) + (polled.status === 403 ? 1 : 0)
    }),
})

export const forgedNamespaces = (token: string, tenantId: string, n: number): Attack => ({
  name: 'forged namespace, with a good token',
  reason: 'namespace',
  counted: n,
  attempts: n,
  run: (api) => {
    const names = [`/tenant:${tenantId}`, '/admin', '/dm:live', `/${'x'.repeat(1_000)}`]
    return inBatches(n, (each) => one(isRefused(api, { token, namespace: names[each % names.length] ?? '' })))
  },
})

/** A socket may say so much before it is taken for a flood. */
const roomsASocket = 10

export const roomsByName = (token: string, rooms: unknown[], n: number): Attack => ({
  name: 'room by the name of others',
  reason: 'room',
  counted: n * roomsASocket,
  attempts: n * roomsASocket,
  run: (api) =>
    inBatches(n, async () => {
      const socket = await enter(api, token)
      let refused = 0
      for (let each = 0; each < roomsASocket; each++) {
        const answer: unknown = await socket.emitWithAck('join', rooms[each % rooms.length])
        if (JSON.stringify(answer) === '{"ok":false,"code":"forbidden"}') refused++
      }
      socket.close()
      return refused
    }),
})

export const largeFrames = (token: string, n: number): Attack => ({
  name: 'frame over 64 KB',
  reason: 'frame',
  counted: n,
  attempts: n,
  run: (api) =>
    inBatches(n, async () => {
      const socket = await enter(api, token)
      socket.emit('join', 'x'.repeat(65 * 1024))
      return one(isGone(socket))
    }),
})

const floods = 10

export const joinFloods = (token: string, room: string, n: number): Attack => ({
  name: `joins, as fast as ${floods} sockets can`,
  reason: 'flood',
  counted: floods,
  attempts: n,
  run: (api) =>
    inBatches(floods, async () => {
      const socket = await enter(api, token)
      let joined = 0
      for (let each = 0; each < n / floods; each++)
        socket.emit('join', room, (answer: { ok: boolean }) => void (answer.ok && joined++))
      await isGone(socket)
      return n / floods - joined
    }),
})
