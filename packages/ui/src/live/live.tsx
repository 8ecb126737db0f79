'use client'
// One socket a tab. It only says that something is new; what is new is read over HTTP.
import { type EventView, eventBatch, type LiveView, liveState } from '@throughline/contracts'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { io, type Socket } from 'socket.io-client'
import { apiFetch } from '../api/api-fetch.ts'
import { EventStream } from './event-stream.ts'

type EventListener = (event: EventView) => void
type LiveListener = (signal: LiveView) => void

interface Live {
  connected: boolean
  onEvent(listener: EventListener): () => void
  onLive(listener: LiveListener): () => void
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

function connect({
  numbered,
  deliver,
  signal,
  onConnected,
}: {
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
    // The server ended it: the session was renewed or is over. A renewed one may come back.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1_000)
  })
  socket.on('connect_error', () => onConnected(false))
  // The session may end between the two.
  socket.on('ready', () => void (stream && catchUp(stream).catch(tellUnread)))
  socket.on('event', (event: EventView) => void (stream ? stream.receive(event) : deliver(event)))
  socket.on('live', signal)
  return socket
}

/** Puts the tab's socket below a signed-in page. `numbered`: events of one tenant, with their gaps closed. */
export function LiveProvider({ numbered, children }: { numbered: boolean; children: ReactNode }) {
  const events = useRef(new Set<EventListener>())
  const signals = useRef(new Set<LiveListener>())
  const [connected, setConnected] = useState(false)
  useEffect(() => {
    const socket = connect({
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
  }, [numbered])
  const live = useMemo<Live>(
    () => ({
      connected,
      onEvent: (listener) => register(events.current, listener),
      onLive: (listener) => register(signals.current, listener),
    }),
    [connected],
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

export const useConnected = (): boolean => useLiveContext().connected
