// The rooms of funds: a page says which funds it shows, and the server decides whether it may hear of them.
import { type AccessClaims, type FundRoomsAnswer, fundRoomsRequest, roleAllows } from '@throughline/contracts'
import type { Log } from '@throughline/db'
import type { Socket } from 'socket.io'
import { briefly, originOf, type Refuse } from './refusals.ts'
import { fundRoom } from './rooms.ts'

/** Which of these funds the firm has. */
export type FundsThere = (tenantId: string, fundIds: readonly string[]) => Promise<readonly string[]>

/** Funds that one tab shows at the same moment: a page of the list and what is opened from it; more is no page of ours. */
export const maxFunds = 60

interface Door {
  socket: Socket
  claims: AccessClaims
  fundsThere: FundsThere
  refuse: Refuse
  log: Log
}

/** Lets a socket into rooms of funds of its firm, and out again. Everything else that it asks to join is refused. */
export function openFundRooms({ socket, claims, fundsThere, refuse, log }: Door): void {
  const { sub: userId, tenantId } = claims
  const joined = new Set<string>()
  const mayHear = tenantId !== undefined && !claims.enrol && roleAllows(claims.role, 'fund:read')
  const answerJoin = async (asked: unknown): Promise<FundRoomsAnswer> => {
    const { data: request } = fundRoomsRequest.safeParse(asked)
    const wanted = [...new Set(request?.fundIds)]
    const there = new Set(mayHear && wanted.length > 0 ? await fundsThere(tenantId, wanted) : [])
    const refused = wanted.filter((fundId) => !there.has(fundId) || !takePlace(fundId))
    const entered = wanted.filter((fundId) => !refused.includes(fundId))
    if (tenantId && entered.length > 0) await socket.join(entered.map((fundId) => fundRoom(tenantId, fundId)))
    if (request && refused.length === 0) return { ok: true }
    const room = briefly(request ? refused.join(' ') : asked)
    refuse('room', { userId, tenantId, ...originOf(socket.request), room })
    return { ok: false, code: 'forbidden', refused }
  }
  const takePlace = (fundId: string): boolean => {
    if (!joined.has(fundId) && joined.size >= maxFunds) return false
    joined.add(fundId)
    return true
  }
  socket.on('join', (asked: unknown, answer: unknown) => {
    answerJoin(asked).then(
      (said) => void (typeof answer === 'function' && answer(said)),
      // The page asks again when it is connected anew.
      (error: unknown) => {
        log.error({ err: error }, 'the rooms of funds were not opened')
        const unavailable: FundRoomsAnswer = { ok: false, code: 'unavailable', refused: [] }
        if (typeof answer === 'function') answer(unavailable)
      },
    )
  })
  socket.on('leave', (asked: unknown) => {
    const { data: request } = fundRoomsRequest.safeParse(asked)
    for (const fundId of request?.fundIds ?? [])
      if (tenantId && joined.delete(fundId)) void socket.leave(fundRoom(tenantId, fundId))
  })
}
