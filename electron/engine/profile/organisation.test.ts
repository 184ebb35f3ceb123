import { expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import { defaultPorts } from '../default-ports.ts';
import { Organisation } from './organisation.ts';
import { createProfileKeys, signProfile } from './sign-profile.ts';
import { sampleProfileSource } from './testing/sample-profile.ts';

const signedWith = (privateKey: string, part: object = {}) =>
  JSON.stringify(signProfile(JSON.stringify({ ...sampleProfileSource, ...part }), privateKey));

function organisation(at: string): Organisation {
  const { organisation: port, clock } = defaultPorts();
  return new Organisation(port, { ...clock, now: () => new Date(at) });
}

test('a first profile is installed with the fingerprint the person compared, and a newer one of the same key after it', async () => {
  const known = organisation('2026-11-23T00:00:00Z');
  const { privateKey } = createProfileKeys();
  const first = signedWith(privateKey);
  const { fingerprint, key } = await known.inspect(first);
  expect(key).toBe('first');
  await known.install(first, fingerprint);
  const second = signedWith(privateKey, { issued: '2026-11-20T08:00:00Z' });
  expect((await known.inspect(second)).key).toBe('same');
  await known.install(second, fingerprint);
  expect((await known.profile())?.issued).toBe('2026-11-20T08:00:00Z');
});

test('a successor signed by somebody else is refused until the old one is removed', async () => {
  const early = organisation('2026-11-23T00:00:00Z');
  const first = signedWith(createProfileKeys().privateKey);
  await early.install(first, (await early.inspect(first)).fingerprint);
  const forged = signedWith(createProfileKeys().privateKey, { expires: null });
  const refusal = early.inspect(forged).then(({ fingerprint }) => early.install(forged, fingerprint));
  await expect(refusal).rejects.toSatisfy(
    error => error instanceof TravasoError && error.code === 'PROFILE_KEY_CHANGED',
  );
  await early.remove();
  await early.install(forged, (await early.inspect(forged)).fingerprint);
  expect((await early.read()).problem).toBeNull();
});

test('an expired profile no longer counts, and says why', async () => {
  const { organisation: port, clock } = defaultPorts();
  const text = signedWith(createProfileKeys().privateKey);
  await port.write(text);
  const late = new Organisation(port, { ...clock, now: () => new Date('2028-01-01') });
  expect(await late.read()).toEqual({
    profile: null,
    fingerprint: null,
    freeze: null,
    problem: { code: 'PROFILE_EXPIRED', details: { expired: '2027-12-31' } },
  });
});
