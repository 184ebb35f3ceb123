import { verify, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import { checkProfile, createProfileKeys, signProfile } from './sign-profile.ts';
import { sampleProfileSource } from './testing/sample-profile.ts';

const keys = createProfileKeys();
const text = JSON.stringify(sampleProfileSource);
const now = new Date('2026-11-23T12:00:00Z');

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error instanceof TravasoError ? [error.code, error.problem.details] : error;
  }
  return 'no error';
};

test('a signed profile is read back, whatever its members’ order and spaces', () => {
  const signed = signProfile(text, keys.privateKey);
  const turned = {
    signature: signed.signature,
    profile: Object.fromEntries(Object.entries(signed.profile).reverse()),
  };
  const read = checkProfile(JSON.stringify(turned, null, 4), now);
  expect(read.profile.name.it).toBe('Comune di Esempiopoli');
  expect(read.fingerprint).toMatch(/^([0-9A-F]{4}-){4}[0-9A-F]{4}$/);
  expect(checkProfile(JSON.stringify(signed), now).fingerprint).toBe(read.fingerprint);
});

test('the signature is plain Ed25519 over canonical JSON that anyone can check', () => {
  const { profile, signature } = signProfile(text, keys.privateKey);
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.keys(value)
              .sort()
              .map(name => [name, sorted((value as Record<string, unknown>)[name])]),
          )
        : value;
  const octets = Buffer.from(JSON.stringify(sorted(profile)));
  expect(verify(null, octets, createPublicKey(keys.publicKey), Buffer.from(signature.value, 'base64'))).toBe(true);
});

test('one changed letter, a foreign signature and a missing one are told apart', () => {
  const signed = signProfile(text, keys.privateKey);
  const forged = { ...signed, profile: { ...signed.profile, domains: ['comune.esempiopo1i.it'] } };
  expect(codeOf(() => checkProfile(JSON.stringify(forged), now))).toEqual(['PROFILE_SIGNATURE_WRONG', {}]);
  const other = signProfile(text, createProfileKeys().privateKey);
  const mixed = { profile: signed.profile, signature: { ...signed.signature, value: other.signature.value } };
  expect(codeOf(() => checkProfile(JSON.stringify(mixed), now))).toEqual(['PROFILE_SIGNATURE_WRONG', {}]);
  expect(codeOf(() => checkProfile(text, now))).toEqual(['PROFILE_UNSIGNED', {}]);
});

test('what is out of date, unreadable or misspelt is refused by name', () => {
  const signed = JSON.stringify(signProfile(text, keys.privateKey));
  expect(codeOf(() => checkProfile(signed, new Date('2028-01-01')))).toEqual([
    'PROFILE_EXPIRED',
    { expired: '2027-12-31' },
  ]);
  expect(codeOf(() => checkProfile('{', now))).toEqual(['PROFILE_INVALID', { field: '' }]);
  const wrong = JSON.stringify({ ...sampleProfileSource, source: { kind: 'zimbra', host: 'https://posta' } });
  expect(codeOf(() => signProfile(wrong, keys.privateKey))).toEqual(['PROFILE_INVALID', { field: 'source.host' }]);
  expect(codeOf(() => signProfile(text, keys.publicKey))).toEqual(['PROFILE_KEY_INVALID', {}]);
});
