'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type SecondFactorStatus, secondFactorStatus } from '@throughline/contracts'
import { type ReactNode, useState } from 'react'
import { apiFetch } from '../api/api-fetch.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { toast } from '../components/toaster.tsx'
import { ProveDialog, type Proved, type Purpose } from './prove-dialog.tsx'
import { RecoveryCodesPanel } from './recovery-codes.tsx'
import { SecondFactorSetup } from './second-factor-setup.tsx'
import { SettingsCard } from './settings-card.tsx'

const fewCodes = 3
const codesLeft = (left: number): string => `${left} recovery ${left === 1 ? 'code' : 'codes'} left`

function Off({ required, onSetUp }: { required: boolean; onSetUp(): void }) {
  return (
    <div className="grid gap-4 text-sm">
      <p className="text-muted">
        A code of your phone beside your password: somebody who learns the password alone does not get in.
        {required ? ' Your firm asks for it.' : null}
      </p>
      <Button kind="primary" className="justify-self-start" onClick={onSetUp}>
        Set up
      </Button>
    </div>
  )
}

function On({ status, onAsk }: { status: SecondFactorStatus; onAsk(purpose: Purpose): void }) {
  const { required, recoveryCodesLeft: left } = status
  return (
    <div className="grid gap-4 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={left > fewCodes ? 'neutral' : 'warn'}>{codesLeft(left)}</Badge>
        {left > fewCodes ? null : <span className="text-muted">Make new ones before the last is used.</span>}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => onAsk('renew')}>New recovery codes</Button>
        {required ? null : (
          <Button kind="danger" onClick={() => onAsk('disable')}>
            Turn off
          </Button>
        )}
      </div>
      {required ? <p className="text-muted">Your firm asks for a second factor, so it stays on.</p> : null}
    </div>
  )
}

/** The second factor: set up, look after, turn off. */
export function SecondFactorCard() {
  const client = useQueryClient()
  const [settingUp, setSettingUp] = useState(false)
  const [asked, setAsked] = useState<Purpose>()
  const [codes, setCodes] = useState<readonly string[]>()
  const { data, error, refetch } = useQuery({
    queryKey: ['second-factor'],
    queryFn: ({ signal }) => apiFetch('/auth/v1/second-factor', { schema: secondFactorStatus, signal }),
  })
  const refresh = () =>
    Promise.all(['second-factor', 'own-sessions'].map((key) => client.invalidateQueries({ queryKey: [key] })))
  const proved = ({ purpose, codes }: Proved) => {
    setAsked(undefined)
    setCodes(codes)
    if (purpose === 'disable') toast.success('Your second factor is off')
    void refresh()
  }
  const finish = () => {
    setSettingUp(false)
    setCodes(undefined)
    void refresh()
  }
  // What is shown once is not taken away by an answer that comes in.
  const content = (): ReactNode => {
    if (codes) return <RecoveryCodesPanel codes={codes} onKept={finish} />
    if (settingUp) return <SecondFactorSetup onDone={finish} onCancel={() => setSettingUp(false)} />
    if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
    if (!data) return <Skeleton className="h-24" />
    if (data.enabled) return <On status={data} onAsk={setAsked} />
    return <Off required={data.required} onSetUp={() => setSettingUp(true)} />
  }
  return (
    <SettingsCard
      title="Second factor"
      badge={
        data && !settingUp ? (
          <Badge tone={data.enabled ? 'good' : 'neutral'}>{data.enabled ? 'On' : 'Off'}</Badge>
        ) : null
      }
    >
      {content()}
      {asked ? <ProveDialog purpose={asked} onProved={proved} onCancel={() => setAsked(undefined)} /> : null}
    </SettingsCard>
  )
}
