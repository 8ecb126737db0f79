'use client'
import { Dialog } from '../components/overlays.tsx'
import { Kbd } from '../components/surfaces.tsx'
import { Switch } from '../components/switch.tsx'
import { useSingleKeys } from './hotkeys.ts'

export interface KeyGroup {
  title: string
  keys: readonly { key: string; label: string }[]
}

/** Every key of a page, and the switch for those who would rather have none. */
export function HotkeyHelp({ open, onClose, groups }: { open: boolean; onClose(): void; groups: readonly KeyGroup[] }) {
  const [on, setOn] = useSingleKeys()
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title="Keyboard">
      <div className="grid gap-5">
        {groups.map(({ title, keys }) => (
          <section key={title} aria-label={title} className="grid gap-1.5">
            <h3 className="font-semibold text-sm">{title}</h3>
            <dl className="grid grid-cols-[7rem_1fr] gap-y-1.5 text-sm">
              {keys.map(({ key, label }) => (
                <div key={key} className="contents">
                  <dt className="flex gap-1">
                    {key.split(' ').map((each) => (
                      <Kbd key={each} className="normal-case">
                        {each}
                      </Kbd>
                    ))}
                  </dt>
                  <dd>{label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <div className="flex items-center justify-between gap-3 border-line border-t pt-4 text-sm">
          <label htmlFor="single-keys">Single keys do something</label>
          <Switch id="single-keys" checked={on} onCheckedChange={setOn} />
        </div>
      </div>
    </Dialog>
  )
}
