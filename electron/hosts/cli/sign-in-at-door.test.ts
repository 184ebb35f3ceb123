import { expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import type { SignInStep } from '../../../shared/model/sign-in.ts';
import { signIn } from './account-options.ts';
import type { AccountOptions } from './account-options.ts';
import type { CommandContext } from './run-command-line.ts';

const signInId = '0b0e0d4e-1c5c-4d0a-8c8b-6d1a5c1b7a01';
const done: SignInStep = { step: 'done', identity: 'anna@ente.it', kept: false };
const asksCode = (refused = false): SignInStep => ({
  step: 'code',
  digits: 6,
  recoveryCodes: true,
  canTrust: true,
  label: null,
  problem: refused ? { code: 'SIGNIN_CODE_REFUSED', details: {} } : null,
  attemptsLeft: refused ? 2 : null,
});

/** A door that goes through the given steps, one with each call, and what was said to it. */
function door(steps: readonly SignInStep[], stdin: readonly string[] = [], env: Record<string, string> = {}) {
  const heard: unknown[] = [];
  const left = [...steps];
  const next = (input: unknown) => {
    heard.push(input);
    return Promise.resolve({ signInId, step: left.shift() ?? done });
  };
  let stderr = '';
  let forgotten = false;
  const listeners = new Set<() => void>();
  const context = {
    engine: {
      api: {
        'signIn.begin': next,
        'signIn.answer': next,
        'signIn.read': (input: unknown) =>
          forgotten ? Promise.reject(new TravasoError('SIGNIN_EXPIRED')) : next(input),
        'signIn.forget': () => {
          forgotten = true;
          return Promise.resolve({});
        },
      },
    },
    io: {
      stdin: (async function* () {
        for (const piece of stdin) yield await Promise.resolve(piece);
      })(),
      stdout: { write: () => undefined },
      stderr: { write: (text: string) => (stderr += text) },
      env: { LANG: 'it_IT.UTF-8', ...env },
      on: (_: string, listener: () => void) => listeners.add(listener),
      off: (_: string, listener: () => void) => listeners.delete(listener),
    },
    exitCode: 0,
  } as unknown as CommandContext;
  return {
    heard,
    said: () => stderr,
    listeners,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
    enter: (options: AccountOptions = {}) => signIn('carbonio://anna%40ente.it@posta.ente.it', options, context),
  };
}

test('password and code come from two lines of standard input, whatever the pieces', async () => {
  const { enter, heard } = door([asksCode(), done], ['seg', 'reta\r\n123', '456\n']);
  expect(await enter({ passwordStdin: true })).toMatchObject({ signInId });
  expect(heard).toEqual([
    expect.objectContaining({ password: 'segreta', way: 'usual' }),
    { signInId, answer: { answer: 'code', code: '123456', trust: false } },
  ]);
});

test('a code from the environment is tried once; refused, it is not sent again', async () => {
  const { enter, heard, said } = door([asksCode(), asksCode(true)], [], { P: 'segreta', OTP: '000000' });
  await expect(enter({ passwordEnv: 'P', codeEnv: 'OTP' })).rejects.toMatchObject({ code: 'SIGNIN_CODE_REFUSED' });
  expect(heard).toHaveLength(2);
  expect(said()).toContain('Tentativi rimasti: 2');
});

test('without a code there is an answer, not a wait', async () => {
  const { enter } = door([asksCode()], [], { P: 'segreta' });
  await expect(enter({ passwordEnv: 'P' })).rejects.toMatchObject({ code: 'SIGNIN_CODE_NEEDED' });
});

test('the address of the browser’s page and the code for a device are said once, in words', async () => {
  const browser: SignInStep = {
    step: 'browser',
    url: 'https://login.example/authorize',
    host: 'login.example',
    opened: '2026-11-23T08:00:00.000Z',
  };
  const { enter, said } = door([browser, browser, browser, done]);
  await enter();
  expect(said().match(/login\.example\/authorize/g)).toHaveLength(1);
  expect(said()).toMatch(/Accesso riuscito: anna@ente\.it\n$/);

  const device: SignInStep = {
    step: 'deviceCode',
    userCode: 'ABCD-EFGH',
    url: 'https://login.example/device',
    expires: '2026-11-23T08:15:00.000Z',
  };
  const other = door([device, done]);
  await other.enter({ deviceCode: true });
  expect(other.said()).toContain('scrivi il codice ABCD-EFGH');
  expect(other.heard[0]).toMatchObject({ way: 'deviceCode' });
});

test('Ctrl-C gives the sign-in up', async () => {
  const browser: SignInStep = {
    step: 'browser',
    url: 'https://a.example/',
    host: 'a.example',
    opened: '2026-11-23T08:00:00.000Z',
  };
  const { enter, interrupt, said, listeners } = door(Array.from({ length: 100 }, () => browser));
  const entering = enter();
  await expect.poll(said).toContain('Ctrl-C');
  interrupt();
  await expect(entering).rejects.toMatchObject({ code: 'SIGNIN_CANCELLED' });
  expect(listeners.size).toBe(0);
});

test('what takes a screen is refused in words', async () => {
  const { enter } = door([{ step: 'newPassword', rules: [], broken: [], problem: null, attemptsLeft: null }]);
  await expect(enter()).rejects.toMatchObject({ code: 'PASSWORD_CHANGE_DEMANDED' });
  const failing = door([{ step: 'failed', problem: { code: 'SIGNIN_TIMED_OUT', details: {} }, attemptsLeft: null }]);
  await expect(failing.enter()).rejects.toMatchObject({ code: 'SIGNIN_TIMED_OUT' });
});
