'use client'
// One socket a tab. It only says that something is new; what is new is read over HTTP.
import { type EventView, eventBatch, type LiveView, liveState } from '@throughline/contracts'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { io, type Socket } from 'socket.io-client'
import { apiFetch } from '../api/api-fetch.ts'
import { EventStream } from './event-stream.ts'
import { FundRooms, type Say } from './fund-rooms.ts'

type EventListener = (event: EventView) => void
type LiveListener = (signal: LiveView) => void

interface Live {
  connected: boolean
  onEvent(listener: EventListener): () => void
  onLive(listener: LiveListener): () => void
  /** @returns what ends it */
  showFund(fundId: string): () => void
}

const LiveContext = createContext<Live | undefined>(undefined)

function register<T>(set: Set<T>, listener: T): () => void {
  set.add(listener)
  return () => set.delete(listener)
}

/** Reads numbered events of the tenant; reviewers hear of many tenants and read their queue anew instead. */
/** The next event or reconnection tries again. */
const tellUnread = (error: unknown): void => {
  // biome-ignore lint/suspicious/noConsole: a browser has no other log.
  console.warn('events could not be read', error)
}

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
  join: (fundId) =>
    socket
      .timeout(answerMs)
      .emitWithAck('join', { fundId })
      .then(() => stream?.reconnected())
      // No answer: the connection is gone, and the next one joins again.
      .catch(tellUnread),
  leave: (fundId) => void socket.emit('leave', { fundId }),
})

function connect({
  rooms,
  numbered,
  deliver,
  signal,
  onConnected,
}: {
  rooms: FundRooms
  numbered: boolean
  deliver: EventListener
  signal: LiveListener
  onConnected(up: boolean): void
}): Socket {
  const stream = numbered ? openStream(deliver) : undefined
  const socket = io({
    path: '/api/socket.io',
    addTrailingSlash: false,
    withCredentials: true,
    transports: ['websocket', 'polling'],
  })
  socket.on('connect', () => onConnected(true))
  socket.on('disconnect', (reason) => {
    onConnected(false)
    rooms.closed()
    // The server ended it: the session was renewed or is over. A renewed one may come back.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1_000)
  })
  socket.on('connect_error', () => onConnected(false))
  // The session may end between the two.
  socket.on('ready', () => {
    void rooms.opened(sayOver(socket, stream)).then(() => (stream ? catchUp(stream).catch(tellUnread) : undefined))
  })
  socket.on('event', (event: EventView) => void (stream ? stream.receive(event) : deliver(event)))
  socket.on('live', signal)
  return socket
}

/** Puts the tab's socket below a signed-in page. `numbered`: events of one tenant, with their gaps closed. */
export function LiveProvider({ numbered, children }: { numbered: boolean; children: ReactNode }) {
  const events = useRef(new Set<EventListener>())
  const signals = useRef(new Set<LiveListener>())
  const [rooms] = useState(() => new FundRooms())
  const [connected, setConnected] = useState(false)
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
      onConnected: setConnected,
    })
    return () => void socket.close()
  }, [numbered, rooms])
  const live = useMemo<Live>(
    () => ({
      connected,
      onEvent: (listener) => register(events.current, listener),
      onLive: (listener) => register(signals.current, listener),
      showFund: (fundId) => rooms.show(fundId),
    }),
    [connected, rooms],
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

/** Hears what happens in a fund for as long as the page shows it. */
export function useFundRoom(fundId: string): void {
  const { showFund } = useLiveContext()
  const latest = useRef(showFund)
  useEffect(() => latest.current(fundId), [fundId])
}

export const useConnected = (): boolean => useLiveContext().connected
