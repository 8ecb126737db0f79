// The words of every mail about an account.
import type { Letter } from '@throughline/mail'

export interface Named {
  name: string
}

const hello = ({ name }: Named): string => `Hello ${name},`
const forAdministrators = 'You get this mail because you administer your firm.'
const halfAnHour = 'The link works once, for half an hour.'

export const letters = {
  verifyEmail: (to: Named, url: string): Letter => ({
    heading: 'Confirm your e-mail address',
    paragraphs: [
      hello(to),
      `Welcome to Throughline. Confirm that this address is yours, and you can sign in. ${halfAnHour}`,
    ],
    action: { label: 'Confirm address', url },
    footnote: 'You did not register? Then ignore this mail; without the confirmation nobody can use the account.',
  }),
  alreadyRegistered: (to: Named, url: string): Letter => ({
    heading: 'You have an account already',
    paragraphs: [hello(to), 'Somebody registered with your address. You have an account, so nothing was changed.'],
    action: { label: 'Sign in', url },
    footnote: 'Forgot your password? The sign-in page helps. If this was not you, there is nothing to do.',
  }),
  passwordReset: (to: Named, url: string): Letter => ({
    heading: 'Choose a new password',
    paragraphs: [
      hello(to),
      `Follow the link to choose a new password. You are then signed out everywhere. ${halfAnHour}`,
    ],
    action: { label: 'Choose a password', url },
    footnote: 'You did not ask for this? Then ignore this mail; your password stays as it is.',
  }),
  passwordChanged: (to: Named, url: string): Letter => ({
    heading: 'Your password was changed',
    paragraphs: [hello(to), 'The password of your account was changed just now.'],
    action: { label: 'This was not me', url },
    footnote: 'If it was you, there is nothing to do.',
  }),
  secondFactorChanged: (to: Named, enabled: boolean, url: string): Letter => ({
    heading: enabled ? 'Your account asks for a second factor now' : 'Your second factor was turned off',
    paragraphs: [
      hello(to),
      enabled
        ? 'From now on, signing in needs a code of your authenticator app as well. Keep your recovery codes in a safe place.'
        : 'From now on, your password alone opens your account.',
    ],
    action: { label: 'See your account', url },
    footnote: 'If this was not you, change your password at once and tell an administrator of your firm.',
  }),
  invitation: (invitation: { tenantName: string; invitedBy: string | null; role: string }, url: string): Letter => ({
    heading: `Join ${invitation.tenantName} on Throughline`,
    paragraphs: [
      `${invitation.invitedBy ?? 'An administrator'} invites you to work in ${invitation.tenantName} as ${invitation.role}. ${halfAnHour}`,
    ],
    action: { label: 'Accept the invitation', url },
    footnote: 'You do not know this firm? Then ignore this mail.',
  }),
  exportReady: (to: Named, url: string): Letter => ({
    heading: 'Your export is ready',
    paragraphs: [hello(to), 'The file that you asked for is written. It can be fetched for seven days.'],
    action: { label: 'Open the export', url },
    footnote: 'You asked for this export in Throughline. Only you can open it, and only signed in.',
  }),
  jobDead: (to: Named, jobName: string, url: string): Letter => ({
    heading: 'A background task has failed',
    paragraphs: [hello(to), `${jobName} has failed after several attempts. Nothing was left half done.`],
    action: { label: 'Open Throughline', url },
    footnote: forAdministrators,
  }),
  nightMissed: (to: Named, { fundName, day }: { fundName: string; day: string }, url: string): Letter => ({
    heading: `The reconciliation of ${fundName} was missed`,
    paragraphs: [
      hello(to),
      `The books were not compared on the night of ${day}. It is being done now; look at the report.`,
    ],
    action: { label: 'See the reports', url },
    footnote: forAdministrators,
  }),
  webhookDisabled: (to: Named, { host, why }: { host: string; why: string }, url: string): Letter => ({
    heading: 'A webhook was switched off',
    paragraphs: [
      hello(to),
      `Nothing more is sent to ${host}: ${why}. What was not delivered is kept for 30 days and can be sent again.`,
    ],
    action: { label: 'See the webhook', url },
    footnote: forAdministrators,
  }),
}
