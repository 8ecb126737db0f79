'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isRefusal, messageOf, toast } from '@throughline/ui'
import { useRef } from 'react'
import type { Keyed } from './payments.api.ts'

/**
 * A wish that moves money: its key is made before it is sent and stays while the wish is the same, so that a second try after a
 * lost answer is answered with what the first has done. Nothing is shown before the API has said that it is so.
 */
export function useMoneyRequest<Body extends object, Answer>(
  send: (keyed: Keyed<Body>) => Promise<Answer>,
  onDone: (answer: Answer) => void,
) {
  const client = useQueryClient()
  const last = useRef<{ wish: string; key: string }>(undefined)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (body: Body) => {
      const wish = JSON.stringify(body)
      if (last.current?.wish !== wish) last.current = { wish, key: crypto.randomUUID() }
      return send({ body, idempotencyKey: last.current.key })
    },
    onSuccess: (answer) => {
      last.current = undefined
      onDone(answer)
    },
    // Somebody else was faster, or the answer was lost: either way what is on the screen may be old.
    onSettled: () => client.invalidateQueries({ queryKey: ['fund'] }),
  })
  const refusal = error
    ? isRefusal(error, 'stale_version')
      ? `${messageOf(error)} What is shown behind this is new.`
      : messageOf(error)
    : undefined
  return { send: mutate, busy: isPending, refusal, reset }
}

export const told = (sentence: string) => toast.success(sentence)
