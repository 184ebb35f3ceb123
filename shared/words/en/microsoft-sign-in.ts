import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** What the help desk looks up: Microsoft's number, and the identifier under which its log has the attempt. */
const trace = 'Microsoft {number|without a number}, {correlation|without an identifier}.';

/** Signing in at Microsoft 365, and at any page in the browser: T-305 to T-329. */
export const microsoftSignIn = {
  MICROSOFT_NOT_CONFIGURED: {
    happened: 'This computer does not know yet how to get into Microsoft 365 for {domain|your organisation}.',
    safe: safe.nothingTouched,
    now: 'Ask the IT office for your organisation’s profile. You can prepare the letter with the exact steps here.',
    desk: 'Tenant and client id are missing: they belong in the organisation’s profile.',
  },
  SIGNIN_WRONG_ACCOUNT: {
    happened: 'On the sign-in page you chose another account: {identity|not yours}.',
    safe: 'Your messages are safe. Nothing was read or written in that account.',
    now: 'Sign in again and choose {address|your own address}. The page will ask which account to use.',
    desk: 'preferred_username (Microsoft) or GetInfo (Zimbra, Carbonio) differs from the address asked for; shared mailboxes do not count.',
  },
  SIGNIN_CANCELLED: {
    happened: 'Signing in was cancelled.',
    safe: safe.nothingTouched,
    now: 'Whenever you like, press “Sign in” and begin again.',
    desk: 'The person closed or cancelled the sign-in.',
  },
  SIGNIN_TIMED_OUT: {
    happened: 'No answer came from the sign-in page.',
    safe: safe.nothingTouched,
    now: 'Perhaps the page was closed or forgotten. Sign in again and go through to the end.',
    desk: 'Timed out: nothing came back to http://localhost (Microsoft), or no session cookie (SAML). A security program may block it.',
  },
  MICROSOFT_CONSENT_REFUSED: {
    happened: 'Permission to add the mail was not given.',
    safe: safe.nothingTouched,
    now: 'Sign in again and press “Accept”. If the page wants an administrator, send the letter to the IT office.',
    desk: `Consent declined. ${trace}`,
  },
  MICROSOFT_APPROVAL_NEEDED: {
    happened: 'Your organisation has not approved this program yet.',
    safe: safe.nothingTouched,
    now: 'Send the letter, ready to use, to the IT office. Then sign in again.',
    desk: `Admin consent is needed (IMAP.AccessAsUser.All). ${trace}`,
  },
  MICROSOFT_SECOND_FACTOR_NEEDED: {
    happened: 'Microsoft wants your second proof again: the code, or the app on your phone.',
    safe: safe.progressKept,
    now: 'Sign in again in the browser and confirm on your phone.',
    desk: `MFA required. ${trace}`,
  },
  MICROSOFT_SECOND_FACTOR_MISSING: {
    happened: 'Signing in needs an app on your phone, and your account has none yet.',
    safe: safe.nothingTouched,
    now: 'Open your mail in the browser and follow the steps to register one. Then come back here.',
    desk: `MFA not registered (aka.ms/mfasetup). ${trace}`,
  },
  MICROSOFT_ACCOUNT_LOCKED: {
    happened: 'Your account is locked after too many attempts.',
    safe: safe.nothingTouched,
    now: 'Wait half an hour without trying. If that does not help, call the help desk.',
    desk: `Account locked, or risky network address. ${trace}`,
  },
  MICROSOFT_PASSWORD_EXPIRED: {
    happened: 'Your password has expired.',
    safe: safe.nothingTouched,
    now: 'Change it by opening your mail in the browser. Then sign in again here.',
    desk: `Password expired. ${trace}`,
  },
  MICROSOFT_FOREIGN_ACCOUNT: {
    happened: 'This account does not belong to your organisation.',
    safe: safe.nothingTouched,
    now: 'Sign in again with your work address, not with a personal one.',
    desk: `User of another tenant, or a personal account. ${trace}`,
  },
  MICROSOFT_REGISTRATION_UNKNOWN: {
    happened: 'Microsoft does not recognise your organisation’s details.',
    safe: safe.nothingTouched,
    now: 'This is not your doing. Read the code to the help desk and ask for an updated profile.',
    desk: `Wrong tenant or client id in the profile. ${trace}`,
  },
  MICROSOFT_NOT_ASSIGNED: {
    happened: 'Your organisation opened this program to some people only, and you are not among them yet.',
    safe: safe.nothingTouched,
    now: 'Ask the IT office to add you. Then sign in again.',
    desk: `User not assigned to the application. ${trace}`,
  },
  MICROSOFT_DEVICE_NOT_MANAGED: {
    happened: 'Your organisation wants you to sign in from a registered work computer.',
    safe: safe.nothingTouched,
    now: 'Use your office computer, or ask the IT office.',
    desk: `Conditional Access: device not compliant or not joined. ${trace}`,
  },
  MICROSOFT_BLOCKED_BY_POLICY: {
    happened: 'A rule of your organisation does not allow this way of signing in.',
    safe: safe.nothingTouched,
    now: 'If you were using a code, try the browser. Otherwise ask the IT office.',
    desk: `Conditional Access or security defaults. ${trace}`,
  },
  MICROSOFT_REGISTRATION_WRONG: {
    happened: 'The program is not registered correctly with Microsoft.',
    safe: safe.nothingTouched,
    now: 'This is not your doing. Read the code to the help desk.',
    desk: `Check: public client, http://localhost, delegated permissions. ${trace}`,
  },
  MICROSOFT_DEVICE_CODE_EXPIRED: {
    happened: 'The code shown here expired before you typed it into the page.',
    safe: safe.nothingTouched,
    now: 'Ask for a new code and type it within a quarter of an hour.',
    desk: 'Device code expired.',
  },
  MICROSOFT_SIGNIN_FAILED: {
    happened: 'Signing in to Microsoft 365 did not work.',
    safe: safe.nothingTouched,
    now: 'Try once more. If it does not work, read the code to the help desk.',
    desk: `Unexpected answer. ${trace}`,
  },
} as const satisfies Record<string, Sentences>;
