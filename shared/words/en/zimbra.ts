import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

const nothingSent = 'Your messages are safe: nothing has been touched or sent.';

/** The doors of Zimbra and Carbonio: T-330 to T-359. */
export const zimbra = {
  SIGNIN_CODE_REFUSED: {
    happened: 'The server {host|of your mail} does not accept this code.',
    safe: safe.nothingTouched,
    now: 'Wait for the next code in your app and type it at once. Check that it is the one for this mailbox.',
    desk: 'One-time code refused by {host|that server}; the password was right.',
  },
  SIGNIN_CODE_USED: {
    happened: 'This code was used before: each code is good once.',
    safe: safe.nothingTouched,
    now: 'Wait until your app shows a new code, then type that one.',
    desk: 'The same one-time code typed twice: not sent to {host|that server} again.',
  },
  SIGNIN_CODE_EXPIRED: {
    happened: 'Too much time has passed: this code or this sign-in has expired.',
    safe: safe.nothingTouched,
    now: 'Begin to sign in again and type the code as soon as your app shows it.',
    desk: 'One-time code or interim session expired at {host|that server}.',
  },
  SIGNIN_CLOCK_SKEW: {
    happened: 'The code was not accepted, and the clocks do not agree.',
    safe: safe.nothingTouched,
    now: 'Set the time of your phone and computer to automatic. Then type a new code.',
    desk: 'Clock differs from that of {host|that server} by {skewSeconds|many} seconds, which may be why the code was refused.',
  },
  SIGNIN_LOCKED: {
    happened: 'Access to this mailbox is locked.',
    safe: safe.nothingTouched,
    now: 'Do not try again: that can make it last longer. Ask the help desk to unlock the mailbox.',
    desk: '{host|The server} calls the account locked or inactive, or no attempts are left.',
  },
  SERVER_MAINTENANCE: {
    happened: 'The mailbox is under maintenance: nobody can enter for now.',
    safe: safe.progressKept,
    now: 'Try again later. If it takes more than a day, call the help desk.',
    desk: '{host|The server} answers: account in maintenance (MAINTENANCE_MODE).',
  },
  SECOND_FACTOR_SETUP_NEEDED: {
    happened: 'This mailbox also asks for a code, but no code has been set up yet.',
    safe: safe.nothingTouched,
    now: 'Sign in once on the mail website: it leads you through. Then come back here.',
    desk: 'Second factor mandatory but not set up at {host|that server}.',
  },
  MAILBOX_NOT_THERE: {
    happened: 'Name and password are right, but the mailbox is not there yet.',
    safe: safe.nothingTouched,
    now: 'Wait until your organisation makes the mailbox. If its date has passed, call the help desk.',
    desk: 'Signed in at {host|that server}, no mailbox: not created, not migrated or idle for over 12 months.',
  },
  IMAP_APP_PASSWORD_NEEDED: {
    happened: 'To read your mail, {host|this server} wants a password made for programs.',
    safe: safe.nothingTouched,
    now: 'On the mail website, open the security settings, create a password for apps, and type it here.',
    desk: 'Second factor on: {host|the server} takes only app passwords over IMAP.',
  },
  PASSWORD_CHANGE_DEMANDED: {
    happened: 'The server {host|of your mail} wants you to change your password now.',
    safe: safe.nothingTouched,
    now: 'Choose a new password here, or change it on the mail website and come back.',
    desk: '{host|The server} demands a new password (CHANGE_PASSWORD).',
  },
  PASSWORD_CHANGE_TOO_SOON: {
    happened: 'The password was changed lately: the server does not let you change it again yet.',
    safe: safe.nothingTouched,
    now: 'Keep the one you have. If it must change today, call the help desk.',
    desk: 'Minimum password age not reached at {host|that server} (PASSWORD_CHANGE_TOO_SOON).',
  },
  PASSWORD_RULES_BROKEN: {
    happened: 'The new password does not follow the rules of the server {host|of your mail}.',
    safe: safe.nothingTouched,
    now: 'Read the rules shown here and choose another password.',
    desk: 'Rules broken: {rules|not told by the server}.',
  },
  PASSWORD_USED_BEFORE: {
    happened: 'You have used this password before.',
    safe: safe.nothingTouched,
    now: 'Choose one you never had for this mailbox.',
    desk: 'Password in the history of {host|that server} (PASSWORD_RECENTLY_USED).',
  },
  PASSWORD_CHANGE_NOT_ALLOWED: {
    happened: 'The server {host|of your mail} does not let you change your password.',
    safe: safe.nothingTouched,
    now: 'Ask the help desk for a new password.',
    desk: 'Password change locked for this user at {host|that server} (PASSWORD_LOCKED).',
  },
  SIGNIN_BROWSER_ONLY: {
    happened: 'This mailbox can be entered only through the web page of your organisation.',
    safe: nothingSent,
    now: 'Use the installed program: it opens that page in a window. Or ask for a password for mail programs.',
    desk: '{host|The server} offers SAML only: the program’s window or an IMAP credential is needed.',
  },
  IMAP_NOT_ENABLED: {
    happened: 'Your mailbox is closed to mail programs.',
    safe: nothingSent,
    now: 'Ask the help desk to open it to programs, at least while the transfer lasts.',
    desk: 'IMAP is not enabled for this user on {host|that server}.',
  },
  SIGNIN_WINDOW_CLOSED: {
    happened: 'The sign-in window was closed before the end.',
    safe: nothingSent,
    now: 'Open the page again and sign in to the end: the window closes by itself.',
    desk: 'SAML window closed by the person: no session cookie from the server.',
  },
  SIGNIN_POLICY: {
    happened: 'Your organisation does not let you enter from here.',
    safe: safe.nothingTouched,
    now: 'Try from the network of your office. If that does not help, call the help desk.',
    desk: '{host|The server} refuses by a rule of the administrator (403).',
  },
  SIGNIN_CODE_NEEDED: {
    happened: 'Entering this mailbox also takes the code of your app.',
    safe: safe.progressKept,
    now: 'Sign in again from Travaso and type the code when it asks.',
    desk: 'Second factor demanded by {host|that server} where nobody could type a code.',
  },
  SERVER_NOT_ZIMBRA: {
    happened: 'The server {host|given} answers, but it is not of the kind expected.',
    safe: nothingSent,
    now: 'Check the name of the server in the instructions of your organisation.',
    desk: '{host|The server} gives no JSON answer at /service/soap: neither Zimbra nor Carbonio.',
  },
  SERVER_FAULT: {
    happened: 'The server {host|of your mail} answered with an error that Travaso does not know.',
    safe: safe.progressKept,
    now: 'Try again in some minutes. If it happens again, call the help desk.',
    desk: 'Error of {host|that server}: {fault|without a code}.',
  },
  SEARCH_FOLDER_SKIPPED: {
    happened: 'The folder {folder|of a search} is a saved search: it shows messages that lie elsewhere.',
    safe: 'The messages it shows are in their true folders.',
    now: 'Nothing needs to be done.',
    desk: 'Search folder skipped so as not to copy twice: {folder|not named}.',
  },
} as const satisfies Record<string, Sentences>;
