import { expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import { createClient } from '../../../shared/wire.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import type { Answers } from '../../testing/fake-engine.ts';
import { signIn } from './sign-in.ts';

const account = (host: string) => ({
  address: `imaps://anna@${host}`,
  tls: 'implicit' as const,
  host,
  signIn: 'password' as const,
  by: 'lookup' as const,
});
const signInId = '0d8f2a6e-3a0c-4a53-8c57-4e2b6f1d0b01';

function engineWhere(check: Answers['account.check']) {
  return createFakeEngine({
    'signIn.password': () => ({ signInId }),
    'signIn.forget': () => ({}),
    ...(check === undefined ? {} : { 'account.check': check }),
  });
}

test('a server that does not answer is passed over for the next', async () => {
  const engine = engineWhere(({ account: { address } }) => {
    if (address.endsWith('uno.it')) throw new TravasoError('SERVER_UNREACHABLE', { host: 'uno.it' });
    return {};
  });
  const found = await signIn(createClient(engine.wire), [account('uno.it'), account('due.it')], 'x', () => undefined);
  expect(found.account.host).toBe('due.it');
});

test('a refused password is shown to no further server, and forgotten', async () => {
  const engine = engineWhere(() => {
    throw new TravasoError('SIGNIN_REFUSED', { host: 'uno.it' });
  });
  const attempt = signIn(createClient(engine.wire), [account('uno.it'), account('due.it')], 'x', () => undefined);
  await expect(attempt).rejects.toMatchObject({ problem: { code: 'SIGNIN_REFUSED' } });
  expect(engine.calls.map(call => call.method)).toEqual(['signIn.password', 'account.check', 'signIn.forget']);
});

test('when none answers, the first and likeliest server’s problem is the one told', async () => {
  const engine = engineWhere(({ account: { address } }) => {
    throw new TravasoError(address.endsWith('uno.it') ? 'TLS_CERTIFICATE_EXPIRED' : 'SERVER_UNKNOWN_HOST');
  });
  const attempt = signIn(createClient(engine.wire), [account('uno.it'), account('due.it')], 'x', () => undefined);
  await expect(attempt).rejects.toMatchObject({ problem: { code: 'TLS_CERTIFICATE_EXPIRED' } });
});
