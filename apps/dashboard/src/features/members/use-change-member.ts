'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { MemberView, UpdateMember } from '@throughline/contracts'
import { patchMember } from './members.api.ts'

export interface MemberChange {
  member: MemberView
  change: UpdateMember
}

/** Changes somebody's role or access. Refused or not, the list is read again: it may be old. */
export function useChangeMember(onChanged: (member: MemberView) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ member, change }: MemberChange) => patchMember(member.id, member.version, change),
    onSuccess: onChanged,
    onSettled: () =>
      Promise.all(['members', 'security-policy'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}
