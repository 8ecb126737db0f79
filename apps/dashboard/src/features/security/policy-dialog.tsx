'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SecurityPolicy } from '@throughline/contracts'
import { ConfirmDialog, toast, useSession } from '@throughline/ui'
import { readMembers } from '../members/members.api.ts'
import { refusalOf } from '../settings/refusal.ts'
import { putPolicy } from './security.api.ts'

const having = (count: number): string => {
  if (count === 0) return 'Every member has one already, so nobody is signed out.'
  if (count === 1) return '1 member has none: they are signed out and asked to set one up when they sign in again.'
  return `${count} members have none: they are signed out and asked to set one up when they sign in again.`
}

/** Whether whoever is asking would be signed out by their own decision. */
function useOwnSecondFactor(): boolean | undefined {
  const { user } = useSession()
  const { data } = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => readMembers(signal) })
  return data?.data.find(({ id }) => id === user?.id)?.secondFactor
}

/** Says what the other setting of the policy does, and sets it. */
export function PolicyDialog({ policy, onClose }: { policy: SecurityPolicy; onClose(): void }) {
  const client = useQueryClient()
  const own = useOwnSecondFactor()
  const { mutate, isPending, error } = useMutation({
    mutationFn: putPolicy,
    onSuccess: ({ requireSecondFactor }) => {
      toast.success(requireSecondFactor ? 'Every member needs a second factor now' : 'A second factor is a choice now')
      onClose()
    },
    // The policy is a part of the firm: its settings have a new version as well.
    onSettled: () =>
      Promise.all(
        ['security-policy', 'settings', 'session'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  })
  const { requireSecondFactor, membersWithout, version } = policy
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={requireSecondFactor ? 'No longer ask for a second factor?' : 'Ask every member for a second factor?'}
      confirm={requireSecondFactor ? 'No longer ask' : 'Ask everybody'}
      onConfirm={() => mutate({ requireSecondFactor: !requireSecondFactor, version })}
      busy={isPending}
      refusal={refusalOf(error, 'the settings of the firm')}
    >
      {requireSecondFactor ? (
        <p>Members may then sign in with their password alone. Whoever has a second factor keeps it.</p>
      ) : (
        <>
          <p>{having(membersWithout)}</p>
          {own === false ? (
            <p className="font-medium">You have none yourself: you are signed out too, and set one up first.</p>
          ) : null}
        </>
      )}
    </ConfirmDialog>
  )
}
