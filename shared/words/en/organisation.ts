import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The organisation's profile and the hosts it vouches for: T-36x and T-72x. */
export const organisation = {
  PROFILE_INVALID: {
    happened: 'This file is not a profile of an organisation, or it is badly written.',
    safe: safe.nothingTouched,
    now: 'Ask the help desk for the current profile file.',
    desk: 'The profile does not fit the schema. Field: {field|whole document}.',
  },
  PROFILE_UNSIGNED: {
    happened: 'Nobody vouches for this profile: it is not signed.',
    safe: safe.nothingTouched,
    now: 'Do not use it. Ask the help desk for the signed profile.',
    desk: 'The Ed25519 signature is missing. Sign it with: travaso profile sign.',
  },
  PROFILE_SIGNATURE_WRONG: {
    happened: 'The profile was changed after it was signed.',
    safe: 'It was not used. Your mail was not touched.',
    now: 'Do not use this file and tell the help desk: somebody may have altered it.',
    desk: 'The Ed25519 signature does not match the content.',
  },
  PROFILE_EXPIRED: {
    happened: 'The organisation’s profile expired on {expired|the day it names}.',
    safe: safe.nothingTouched,
    now: 'Ask the help desk for the new profile.',
    desk: 'Field expires lies in the past: {expired|date unknown}. Issue and sign a new profile.',
  },
  PROFILE_KEY_CHANGED: {
    happened: 'This profile is signed by somebody else than the one in use.',
    safe: 'The profile from before stays in use. Your mail was not touched.',
    now: 'Telephone the help desk and compare the fingerprint: {fingerprint|the one shown}.',
    desk: 'Different signing key: {fingerprint|fingerprint unknown}. To change it, remove the present profile first.',
  },
  PROFILE_LINK_INVALID: {
    happened: 'There is no profile at this address.',
    safe: safe.nothingTouched,
    now: 'Check the address letter by letter with the help desk. It must begin with https.',
    desk: 'Answer {status|missing} from {host|an invalid host}; redirects are not followed.',
  },
  PROFILE_KEY_INVALID: {
    happened: 'The file named holds no key to sign with.',
    safe: safe.nothingTouched,
    now: 'Use the key made by “travaso profile key”.',
    desk: 'An Ed25519 private key in PEM form (PKCS#8) is needed.',
  },
  HOST_NOT_CONFIRMED: {
    happened: 'The server {host|named} is not among those your organisation knows.',
    safe: 'The password was sent to nobody.',
    now: 'Stop and ask the help desk whether this server is right.',
    desk: 'Host {host|unknown} is neither in the profile nor in the address’s domain. It resembles: {resembles|none}.',
  },
  ORGANISATION_FREEZE: {
    happened:
      'From {fromDay|the day announced} to {untilDay|the day announced} your organisation changes its mail: settings are frozen.',
    safe: 'Mail still arrives, and what Travaso saves or uploads stays.',
    now: 'You can go on. If the new mailbox does not let you in, try again after {untilDay|that time}.',
    desk: 'Freeze window of the profile: {fromDay|start unknown} – {untilDay|end unknown}. Nothing is blocked.',
  },
} as const satisfies Record<string, Sentences>;
