// The rooms of funds: a page says which fund it shows, and the server decides whether it may hear of it.
import { type AccessClaims, fundRoomRequest, roleAllows } from '@throughline/contracts'
import type { Log } from '@throughline/db'
import type { Socket } from 'socket.io'
import { briefly, originOf, type Refuse } from './refusals.ts'
import { fundRoom } from './rooms.ts'

/** Whether the firm has this fund. */
export type FundExists = (tenantId: string, fundId: string) => Promise<boolean>

/** Pages of one tab that show funds at the same moment; more is no page of ours. */
const maxFunds = 5

interface Door {
  socket: Socket
  claims: AccessClaims
  fundExists: FundExists
  refuse: Refuse
  log: Log
}

/** Lets a socket into rooms of funds of its firm, and out again. Everything else that it asks to join is refused. */
export function openFundRooms({ socket, claims, fundExists, refuse, log }: Door): void {
  const { sub: userId, tenantId } = claims
  const joined = new Set<string>()
  const answerJoin = async (asked: unknown): Promise<{ ok: true } | { ok: false; code: 'forbidden' }> => {
    const { data: request } = fundRoomRequest.safeParse(asked)
    const mayHear = tenantId !== undefined && !claims.enrol && roleAllows(claims.role, 'fund:read')
    if (!request || !mayHear || !hasPlace(request.fundId) || !(await fundExists(tenantId, request.fundId))) {
      refuse('room', { userId, tenantId, ...originOf(socket.request), room: briefly(request?.fundId ?? asked) })
      return { ok: false, code: 'forbidden' }
    }
    joined.add(request.fundId)
    await socket.join(fundRoom(tenantId, request.fundId))
    return { ok: true }
  }
  const hasPlace = (fundId: string): boolean => joined.has(fundId) || joined.size < maxFunds
  socket.on('join', (asked: unknown, answer: unknown) => {
    answerJoin(asked).then(
      (said) => void (typeof answer === 'function' && answer(said)),
      // The page asks again when it is connected anew.
      (error: unknown) => {
        log.error({ err: error }, 'the room of a fund was not opened')
        if (typeof answer === 'function') answer({ ok: false, code: 'unavailable' })
      },
    )
  })
  socket.on('leave', (asked: unknown) => {
    const { data: request } = fundRoomRequest.safeParse(asked)
    if (!request || !tenantId || !joined.delete(request.fundId)) return
    void socket.leave(fundRoom(tenantId, request.fundId))
  })
}
