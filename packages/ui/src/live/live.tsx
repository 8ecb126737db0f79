'use client'
// One socket a tab. It only says that something is new; what is new is read over HTTP.
import { type EventView, eventBatch, fundRoomsAnswer, type LiveView, liveState } from '@throughline/contracts'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { io, type Socket } from 'socket.io-client'
import { apiFetch } from '../api/api-fetch.ts'
import { EventStream } from './event-stream.ts'
import { FundRooms, type Say } from './fund-rooms.ts'
import { useSessionEnd } from './session-end.ts'

type EventListener = (event: EventView) => void
type LiveListener = (signal: LiveView) => void

interface Live {
  onEvent(listener: EventListener): () => void
  onLive(listener: LiveListener): () => void
  /** @returns what ends it */
  showFunds(fundIds: readonly string[]): () => void
}

const LiveContext = createContext<Live | undefined>(undefined)

function register<T>(set: Set<T>, listener: T): () => void {
  set.add(listener)
  return () => set.delete(listener)
}

/** The next event or reconnection tries again. */
const tellUnread = (error: unknown): void => {
  // biome-ignore lint/suspicious/noConsole: a browser has no other log.
  console.warn('events could not be read', error)
}

/** Reads numbered events of the tenant; reviewers hear of many tenants and read their queue anew instead. */
function openStream(deliver: EventListener): EventStream {
  return new EventStream({
    fetchAfter: (seq) => apiFetch(`/tenant/v1/events?after=${seq}`, { schema: eventBatch }),
    deliver,
    onError: tellUnread,
  })
}

/** The socket is in its rooms; from this number on nothing can be missed. */
async function catchUp(stream: ReturnType<typeof openStream>): Promise<void> {
  const { lastSeq } = await apiFetch('/tenant/v1/live', { schema: liveState })
  stream.startAt(lastSeq)
  await stream.reconnected()
}

const answerMs = 10_000

/** How a page tells the server which funds it shows. What happened before it was let in is read by number. */
const sayOver = (socket: Socket, stream: EventStream | undefined): Say => ({
  join: (fundIds) =>
    socket
      .timeout(answerMs)
      .emitWithAck('join', { fundIds })
      .then((answer: unknown) => {
        const said = fundRoomsAnswer.parse(answer)
        // The page shows what it has read; it is not told of what changes there.
        if (!said.ok) tellUnread(said)
        return stream?.reconnected()
      })
      // No answer: the connection is gone, and the next one joins again.
      .catch(tellUnread),
  leave: (fundIds) => void socket.emit('leave', { fundIds }),
})

function connect({
  rooms,
  numbered,
  deliver,
  signal,
  onLost,
}: {
  rooms: FundRooms
  numbered: boolean
  deliver: EventListener
  signal: LiveListener
  onLost(): void
}): Socket {
  const stream = numbered ? openStream(deliver) : undefined
  const socket = io({
    path: '/api/socket.io',
    addTrailingSlash: false,
    withCredentials: true,
    transports: ['websocket', 'polling'],
  })
  socket.on('disconnect', (reason) => {
    onLost()
    rooms.closed()
    // The server ended it: the session was renewed or is over. A renewed one may come back.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1_000)
  })
  socket.on('connect_error', () => {
    // One that is not tried again by itself was refused by the server, and did not just fail.
    if (!socket.active) onLost()
  })
  // The session may end between the two.
  socket.on('ready', () => {
    void rooms.opened(sayOver(socket, stream)).then(() => (stream ? catchUp(stream).catch(tellUnread) : undefined))
  })
  socket.on('event', (event: EventView) => void (stream ? stream.receive(event) : deliver(event)))
  socket.on('live', signal)
  return socket
}

/** Puts the tab's socket below a signed-in page, which is left when the session ends. `numbered`: events of one tenant, with their gaps closed. */
export function LiveProvider({ numbered, children }: { numbered: boolean; children: ReactNode }) {
  const events = useRef(new Set<EventListener>())
  const signals = useRef(new Set<LiveListener>())
  const [rooms] = useState(() => new FundRooms())
  const [losses, setLosses] = useState(0)
  useSessionEnd(losses)
  useEffect(() => {
    const socket = connect({
      rooms,
      numbered,
      deliver: (event) => {
        for (const listener of events.current) listener(event)
      },
      signal: (live) => {
        for (const listener of signals.current) listener(live)
      },
      onLost: () => setLosses((before) => before + 1),
    })
    return () => void socket.close()
  }, [numbered, rooms])
  const live = useMemo<Live>(
    () => ({
      onEvent: (listener) => register(events.current, listener),
      onLive: (listener) => register(signals.current, listener),
      showFunds: (fundIds) => rooms.show(fundIds),
    }),
    [rooms],
  )
  return <LiveContext value={live}>{children}</LiveContext>
}

function useLiveContext(): Live {
  const live = use(LiveContext)
  if (!live) throw new Error('useEvents and useLive work below a LiveProvider')
  return live
}

/** Calls back for every event, each once. */
export function useEvents(listener: EventListener): void {
  const live = useLiveContext()
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  const { onEvent } = live
  useEffect(() => onEvent((event) => latest.current(event)), [onEvent])
}

/** Calls back for every passing signal. */
export function useLive(listener: LiveListener): void {
  const live = useLiveContext()
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  const { onLive } = live
  useEffect(() => onLive((signal) => latest.current(signal)), [onLive])
}

/** Hears what happens in funds for as long as the page shows them. */
export function useFundRooms(fundIds: readonly string[]): void {
  const { showFunds } = useLiveContext()
  const latest = useRef(showFunds)
  // The same funds in another array are no reason to leave and join.
  const names = fundIds.join(' ')
  useEffect(() => (names === '' ? undefined : latest.current(names.split(' '))), [names])
}

/** Hears what happens in a fund for as long as the page shows it. */
export const useFundRoom = (fundId: string): void => useFundRooms([fundId])
