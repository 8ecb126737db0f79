'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '@throughline/ui'
import { useWishKey } from '../money/use-wish-key.ts'
import { refusalOf } from '../settings/refusal.ts'
import type { Keyed } from './payments.api.ts'

/**
 * A wish that moves money: all its tries have one key, so that a second one after a lost answer is answered with what the first has
 * done. Nothing is shown before the API has said that it is so.
 * @param onDone what follows, and says so in a sentence
 */
export function useMoneyRequest<Body extends object, Answer>(
  send: (keyed: Keyed<Body>) => Promise<Answer>,
  onDone: (answer: Answer) => string,
) {
  const client = useQueryClient()
  const { keyOf, failed } = useWishKey()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: Body) => send({ body, idempotencyKey: keyOf(body) }),
    onSuccess: (answer) => toast.success(onDone(answer)),
    onError: failed,
    // Somebody else was faster, or the answer was lost: either way what is on the screen may be old.
    onSettled: () => client.invalidateQueries({ queryKey: ['fund'] }),
  })
  return { send: mutate, busy: isPending, refusal: refusalOf(error, 'this receipt') }
}
