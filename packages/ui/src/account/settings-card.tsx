import { type ReactNode, useId } from 'react'
import { Card } from '../components/surfaces.tsx'

export interface SettingsCardProps {
  title: string
  badge?: ReactNode
  action?: ReactNode
  children: ReactNode
}

/** One matter of an account. */
export function SettingsCard({ title, badge, action, children }: SettingsCardProps) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <Card className="p-5">
        <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {badge}
          {action ? <div className="sm:ml-auto">{action}</div> : null}
        </div>
        {children}
      </Card>
    </section>
  )
}
