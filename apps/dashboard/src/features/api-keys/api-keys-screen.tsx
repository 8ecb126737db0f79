'use client'
import { useQuery } from '@tanstack/react-query'
import type { ApiKeyCreated, ApiKeyView } from '@throughline/contracts'
import {
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  formatAge,
  formatInstant,
  type Tone,
  useSession,
} from '@throughline/ui'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { ForRole } from '../settings/settings-frame.tsx'
import { readApiKeys } from './api-keys.api.ts'
import { NewKeyDialog } from './new-key-dialog.tsx'
import { RevokeKeyDialog } from './revoke-key-dialog.tsx'
import { RotateKeyDialog } from './rotate-key-dialog.tsx'
import { byArea } from './scopes.ts'
import { ShownKeyDialog } from './shown-key-dialog.tsx'

const states: Record<ApiKeyView['state'], { label: string; tone: Tone }> = {
  active: { label: 'Active', tone: 'good' },
  rotating: { label: 'Being replaced', tone: 'warn' },
  expired: { label: 'Expired', tone: 'neutral' },
  revoked: { label: 'Revoked', tone: 'neutral' },
}

const State = ({ state }: ApiKeyView) => <Badge tone={states[state].tone}>{states[state].label}</Badge>

const Name = ({ name, hint }: ApiKeyView) => (
  <span>
    <span className="block font-medium [overflow-wrap:anywhere]">{name}</span>
    <span className="block font-mono text-muted text-xs">{hint}</span>
  </span>
)

const Scopes = ({ scopes }: ApiKeyView) => (
  <span className="flex flex-wrap gap-1">
    {byArea(scopes).map(({ area, label, scopes: inArea }) => (
      <Badge key={area} className="whitespace-normal">
        {label}: {inArea.map(({ verb }) => verb).join(', ')}
      </Badge>
    ))}
  </span>
)

type Ask = (apiKey: ApiKeyView, what: 'rotate' | 'revoke') => void

function Actions({ apiKey, onAsk }: { apiKey: ApiKeyView; onAsk: Ask }) {
  const { name, state } = apiKey
  if (state === 'expired' || state === 'revoked') return null
  return (
    <div className="flex justify-end gap-1">
      {state === 'active' ? (
        <Button kind="ghost" size="sm" aria-label={`Rotate ${name}`} onClick={() => onAsk(apiKey, 'rotate')}>
          Rotate
        </Button>
      ) : null}
      <Button kind="ghost" size="sm" aria-label={`Revoke ${name}`} onClick={() => onAsk(apiKey, 'revoke')}>
        Revoke
      </Button>
    </div>
  )
}

const ends = ({ expiresAt }: ApiKeyView, timeZone: string | undefined) =>
  expiresAt ? formatInstant(expiresAt, timeZone) : 'Never'
const lastUsed = ({ lastUsedAt }: ApiKeyView) => (lastUsedAt ? formatAge(lastUsedAt) : 'never')

const columnsFor = (timeZone: string | undefined, onAsk: Ask): Column<ApiKeyView>[] => [
  { header: 'Key', cell: Name, className: 'min-w-36' },
  { header: 'Scopes', cell: Scopes, className: 'min-w-52 max-w-96' },
  {
    header: 'Created',
    cell: ({ createdAt, createdBy }) => `${formatAge(createdAt)}${createdBy ? ` by ${createdBy}` : ''}`,
    wide: true,
    className: 'text-muted',
  },
  { header: 'Ends', cell: (key) => ends(key, timeZone), wide: true, className: 'text-muted' },
  { header: 'Last used', cell: lastUsed, className: 'whitespace-nowrap text-muted' },
  { header: 'State', cell: State },
  { header: 'Actions', cell: (apiKey) => <Actions apiKey={apiKey} onAsk={onAsk} />, numeric: true },
]

function KeyCard({ apiKey, timeZone, onAsk }: { apiKey: ApiKeyView; timeZone: string | undefined; onAsk: Ask }) {
  return (
    <div className="grid gap-2 text-sm">
      <div className="flex items-start justify-between gap-2">
        <Name {...apiKey} />
        <State {...apiKey} />
      </div>
      <Scopes {...apiKey} />
      <p className="text-muted">
        Ends: {ends(apiKey, timeZone)} · last used: {lastUsed(apiKey)}
      </p>
      <Actions apiKey={apiKey} onAsk={onAsk} />
    </div>
  )
}

function ApiKeys() {
  const { user } = useSession()
  const timeZone = user?.tenant?.timezone
  const [creating, setCreating] = useState(false)
  const [asked, setAsked] = useState<{ apiKey: ApiKeyView; what: 'rotate' | 'revoke' }>()
  const [shown, setShown] = useState<ApiKeyCreated>()
  const { data, error, refetch } = useQuery({ queryKey: ['api-keys'], queryFn: ({ signal }) => readApiKeys(signal) })
  const ask: Ask = (apiKey, what) => setAsked({ apiKey, what })
  const done = () => {
    setCreating(false)
    setAsked(undefined)
  }
  const show = (created: ApiKeyCreated) => {
    done()
    setShown(created)
  }
  const create = (
    <Button kind="primary" onClick={() => setCreating(true)}>
      <KeyRound aria-hidden /> New API key
    </Button>
  )
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="font-semibold">API keys</h2>
          <p className="mt-0.5 text-muted text-sm">For machines that work in this firm. A key is shown once.</p>
        </div>
        {data?.data.length ? create : null}
      </div>
      <DataTable
        label="API keys"
        columns={columnsFor(timeZone, ask)}
        rows={data?.data}
        keyOf={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState title="No API keys yet" action={create}>
            With a key a machine reads and writes the firm’s data through the API: a nightly report, a form on your
            site, a link to another system. Each key gets its own scopes and can be ended by itself.
          </EmptyState>
        }
        card={(apiKey) => <KeyCard apiKey={apiKey} timeZone={timeZone} onAsk={ask} />}
      />
      {creating ? <NewKeyDialog onClose={done} onCreated={show} /> : null}
      {asked?.what === 'rotate' ? <RotateKeyDialog apiKey={asked.apiKey} onClose={done} onCreated={show} /> : null}
      {asked?.what === 'revoke' ? <RevokeKeyDialog apiKey={asked.apiKey} onClose={done} /> : null}
      {shown ? <ShownKeyDialog created={shown} onClose={() => setShown(undefined)} /> : null}
    </section>
  )
}

/** Keys for machines. */
export const ApiKeysScreen = () => (
  <ForRole needs="api_key:manage">
    <ApiKeys />
  </ForRole>
)
