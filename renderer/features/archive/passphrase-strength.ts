export type PassphraseStrength = 'short' | 'weak' | 'fair' | 'good';

/** Fewer characters are tried through in hours, however odd they are. */
export const shortestPassphrase = 12;

/**
 * What may honestly be said of a passphrase without a dictionary: how long it is and how many different words or
 * characters are in it. age's scrypt makes each guess cost a second (work factor 18), so that four random words stand.
 */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  const length = Array.from(passphrase).length;
  if (length < shortestPassphrase) return 'short';
  const words = new Set(
    passphrase
      .toLowerCase()
      .split(/[\s._,;-]+/u)
      .filter(word => Array.from(word).length > 2),
  ).size;
  const characters = new Set(passphrase).size;
  if (characters < 6) return 'weak';
  if (words >= 4 || (length >= 20 && characters >= 12)) return 'good';
  if (words >= 3 || length >= 16) return 'fair';
  return 'weak';
}
