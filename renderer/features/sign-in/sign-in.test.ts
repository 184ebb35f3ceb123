import { expect, test } from 'vitest';
import type { Problem } from '../../../shared/errors.ts';
import { createClient } from '../../../shared/wire.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import { beginSignIn } from './sign-in.ts';

const account = (host: string) => ({ address: `imaps://anna@${host}`, tls: 'implicit' as const });
const signInId = '0d8f2a6e-3a0c-4a53-8c57-4e2b6f1d0b01';
const both = [account('uno.it'), account('due.it')];
const options = { password: 'x', acceptHost: false };

function engineWhere(problemAt: (address: string) => Problem | null) {
  return createFakeEngine({
    'signIn.begin': ({ address }) => {
      const problem = problemAt(address);
      if (problem !== null) return { signInId, step: { step: 'failed', problem, attemptsLeft: null } };
      return { signInId, step: { step: 'done', identity: 'anna', kept: false } };
    },
    'signIn.forget': () => ({}),
  });
}

test('a server that does not answer is passed over for the next', async () => {
  const engine = engineWhere(address =>
    address.endsWith('uno.it') ? { code: 'SERVER_UNREACHABLE', details: { host: 'uno.it' } } : null,
  );
  const begun = await beginSignIn(createClient(engine.wire), both, options);
  expect(begun).toMatchObject({ account: account('due.it'), step: { step: 'done' } });
});

test('a refused password is shown to no further server, and forgotten', async () => {
  const engine = engineWhere(() => ({ code: 'SIGNIN_REFUSED', details: { host: 'uno.it' } }));
  const attempt = beginSignIn(createClient(engine.wire), both, options);
  await expect(attempt).rejects.toMatchObject({ problem: { code: 'SIGNIN_REFUSED' } });
  expect(engine.calls.map(call => call.method)).toEqual(['signIn.begin', 'signIn.forget']);
});

test('when none answers, the first and likeliest server’s problem is the one told', async () => {
  const engine = engineWhere(address => ({
    code: address.endsWith('uno.it') ? 'TLS_CERTIFICATE_EXPIRED' : 'SERVER_UNKNOWN_HOST',
    details: {},
  }));
  const attempt = beginSignIn(createClient(engine.wire), both, options);
  await expect(attempt).rejects.toMatchObject({ problem: { code: 'TLS_CERTIFICATE_EXPIRED' } });
});
