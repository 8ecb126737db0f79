// What the domain of an e-mail says. Short lists of what is common: they are hints, and nobody is turned away by them.

/** Providers of mail for people: the domain says nothing of a company. */
const freeMail = new Set([
  ...['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'ymail.com'],
  ...['icloud.com', 'me.com', 'mac.com', 'aol.com', 'proton.me', 'protonmail.com', 'pm.me', 'tutanota.com', 'tuta.io'],
  ...['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch', 'gmx.com', 'web.de', 't-online.de', 'freenet.de', 'mail.com', 'mail.ru'],
  ...['yandex.ru', 'yandex.com', 'zoho.com', 'fastmail.com', 'hey.com', 'qq.com', '163.com', '126.com', 'naver.com'],
  ...['orange.fr', 'wanadoo.fr', 'free.fr', 'laposte.net', 'libero.it', 'virgilio.it', 'comcast.net', 'bluewin.ch'],
])
const familiesOfFreeMail = /^(yahoo|hotmail|outlook|live)\.[a-z]{2,3}(\.[a-z]{2})?$/

/** Mailboxes for ten minutes. */
const disposable = new Set([
  ...['mailinator.com', 'guerrillamail.com', 'guerrillamail.net', 'guerrillamail.org', 'sharklasers.com', 'grr.la'],
  ...['10minutemail.com', '10minutemail.net', 'tempmail.com', 'temp-mail.org', 'temp-mail.io', 'tempmail.dev'],
  ...[
    'throwawaymail.com',
    'yopmail.com',
    'yopmail.fr',
    'yopmail.net',
    'trashmail.com',
    'trashmail.de',
    'wegwerfmail.de',
  ],
  ...['getnada.com', 'nada.email', 'dispostable.com', 'maildrop.cc', 'mailnesia.com', 'mintemail.com', 'mohmal.com'],
  ...[
    'fakeinbox.com',
    'spamgourmet.com',
    'mytemp.email',
    'burnermail.io',
    'emailondeck.com',
    'moakt.com',
    'inboxkitten.com',
  ],
  ...['discard.email', 'tmpmail.org', 'tmpmail.net', 'minuteinbox.com', 'mailcatch.com', 'spam4.me', 'byom.de'],
])

/** The part behind the last `@`. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1)

export const isFreeMail = (domain: string): boolean => freeMail.has(domain) || familiesOfFreeMail.test(domain)

/** Also below a name: `x.mailinator.com`. */
export const isDisposable = (domain: string): boolean =>
  domain.split('.').some((_, index, parts) => disposable.has(parts.slice(index).join('.')))
