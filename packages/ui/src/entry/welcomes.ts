/** What has just been done, by the name that `/login?after=` carries. Never words out of the address itself. */
export const welcomes: ReadonlyMap<string, string> = new Map([
  ['password-reset', 'Your new password is set, and you are signed out everywhere. Sign in with it.'],
  ['email-verified', 'Your address is confirmed. You can sign in now.'],
  ['invitation-accepted', 'You are in. Sign in to go on.'],
  ['signed-out-everywhere', 'You are signed out on all devices.'],
  ['support-ended', 'You no longer act as somebody else.'],
])
