'use client'
import { Button, Card, renewSession, SecondFactorSetup, signOut, useSession } from '@throughline/ui'

/** A token that knows of the factor takes the place of the one that is good for setting it up only. */
async function goOn(): Promise<void> {
  await renewSession()
  window.location.reload()
}

/** All that somebody sees whose firm asks for a second factor, until they have one. */
export function EnrolmentScreen() {
  const { user } = useSession()
  return (
    <main className="grid min-h-dvh content-center justify-items-center px-4 py-10">
      <Card className="w-full max-w-xl p-5 sm:p-7">
        <h1 className="font-semibold text-2xl tracking-tight">Set up a second factor</h1>
        <p className="mt-1 mb-5 text-muted text-sm">
          {user?.tenant?.name ?? 'Your firm'} asks everybody for one. It takes two minutes and an authenticator app on
          your phone; then you go on where you were.
        </p>
        <SecondFactorSetup onDone={() => void goOn()} />
        <div className="mt-6 flex flex-wrap items-center justify-between gap-3 border-line border-t pt-4 text-sm">
          <span className="min-w-0 truncate text-muted">{user?.email}</span>
          <Button kind="ghost" size="sm" onClick={() => void signOut()}>
            Sign out
          </Button>
        </div>
      </Card>
    </main>
  )
}
