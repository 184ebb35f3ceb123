import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { TravasoError } from '../../../shared/errors.ts';
import { organisationProfileSchema, signedProfileSchema } from '../../../shared/model/organisation-profile.ts';
import type { OrganisationProfile, SignedProfile } from '../../../shared/model/organisation-profile.ts';
import { canonicalJson } from './canonical-json.ts';
import type { JsonValue } from './canonical-json.ts';

export interface CheckedProfile {
  readonly profile: OrganisationProfile;
  /** SHA-256 of the public key, the first 80 bits in groups of four: short enough to be compared by telephone. */
  readonly fingerprint: string;
}

/** A new pair of keys for an organisation, PEM. The private one never leaves its IT office. */
export function createProfileKeys(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

/** @throws PROFILE_INVALID with the first `field` that is wrong, or when the key is no Ed25519 key */
export function signProfile(text: string, privateKeyPem: string): SignedProfile {
  const profile = parseJson(text);
  readProfile(profile);
  const key = ed25519Key(privateKeyPem);
  return {
    profile,
    signature: {
      algorithm: 'Ed25519',
      publicKey: rawPublicKey(createPublicKey(key)).toString('base64'),
      value: sign(null, Buffer.from(canonicalJson(profile)), key).toString('base64'),
    },
  };
}

/**
 * Reads a signed profile. Who holds the key is not decided here: the fingerprint is what a person compares.
 *
 * @throws PROFILE_INVALID (`field`), PROFILE_UNSIGNED, PROFILE_SIGNATURE_WRONG, PROFILE_EXPIRED (`expired`)
 */
export function checkProfile(text: string, now: Date): CheckedProfile {
  const file = parseJson(text);
  if (!('signature' in file)) throw new TravasoError('PROFILE_UNSIGNED');
  const signed = signedProfileSchema.safeParse(file);
  if (!signed.success) throw invalid(signed.error.issues[0]?.path);
  const { profile, signature } = signed.data;
  const raw = Buffer.from(signature.publicKey, 'base64');
  const octets = Buffer.from(canonicalJson(profile as JsonValue));
  if (raw.length !== 32 || !verify(null, octets, publicKeyOf(raw), Buffer.from(signature.value, 'base64')))
    throw new TravasoError('PROFILE_SIGNATURE_WRONG');
  const read = readProfile(profile);
  if (read.expires !== null && Date.parse(read.expires) < now.getTime())
    throw new TravasoError('PROFILE_EXPIRED', { expired: read.expires.slice(0, 10) });
  return { profile: read, fingerprint: fingerprintOf(raw) };
}

function readProfile(value: unknown): OrganisationProfile {
  const read = organisationProfileSchema.safeParse(value);
  if (!read.success) throw invalid(read.error.issues[0]?.path);
  return read.data;
}

function parseJson(text: string): Record<string, JsonValue> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TravasoError('PROFILE_INVALID', { field: '' }, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid([]);
  return value as Record<string, JsonValue>;
}

function invalid(path: readonly PropertyKey[] = []): TravasoError {
  return new TravasoError('PROFILE_INVALID', { field: path.map(String).join('.') });
}

function ed25519Key(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, together with a key of another kind.
  }
  throw new TravasoError('PROFILE_KEY_INVALID');
}

/** RFC 8410: an SPKI of Ed25519 is twelve fixed octets and the key. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(spkiPrefix.length);
}

function publicKeyOf(raw: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), type: 'spki', format: 'der' });
}

function fingerprintOf(raw: Buffer): string {
  const hex = createHash('sha256').update(raw).digest('hex').slice(0, 20).toUpperCase();
  return hex.replace(/(.{4})(?=.)/g, '$1-');
}
