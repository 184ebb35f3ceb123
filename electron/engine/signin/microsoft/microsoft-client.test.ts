import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { HttpClient, HttpRequest, HttpResponse } from '../../http/http-client.ts';
import { openMicrosoftClient } from './microsoft-client.ts';
import type { MicrosoftClient } from './microsoft-client.ts';

const tenant = '11111111-2222-4333-8444-555555555555';
const clientId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const root = `https://login.microsoftonline.com/${tenant}`;
/** As Microsoft's discovery document has them. */
const metadata = {
  token_endpoint: `${root}/oauth2/v2.0/token`,
  authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
  device_authorization_endpoint: `${root}/oauth2/v2.0/devicecode`,
  issuer: `${root}/v2.0`,
  jwks_uri: `${root}/discovery/v2.0/keys`,
};

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Microsoft's servers as a table: what is asked of an address, and what it answers, one after the other. */
async function clientOf(answers: Readonly<Record<string, readonly Answer[]>>) {
  const asked: { url: string; form: URLSearchParams }[] = [];
  const queues = new Map(Object.entries(answers).map(([url, list]) => [url, [...list]]));
  const http: HttpClient = {
    send: ({ url, body }: HttpRequest) => {
      asked.push({ url, form: new URLSearchParams(typeof body === 'string' ? body : '') });
      const path = url.split('?', 1)[0] ?? '';
      const answer: Answer = path.endsWith('openid-configuration')
        ? { body: metadata }
        : (queues.get(path)?.shift() ?? { status: 404, body: 'nothing there' });
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      return Promise.resolve<HttpResponse>({
        status: answer.status ?? 200,
        headers: answer.headers ?? {},
        body: Readable.from([Buffer.from(text)]) as unknown as HttpResponse['body'],
      });
    },
    close: () => Promise.resolve(),
  };
  const logged: unknown[] = [];
  const note = (...line: unknown[]): void => {
    logged.push(line);
  };
  const client = await openMicrosoftClient({ settings: { tenant, clientId }, http, log: { debug: note, warn: note } });
  return { client, asked, logged };
}

const redeem = (client: MicrosoftClient) =>
  client.redeem({ code: 'the-code', clientInfo: '', verifier: 'v', nonce: 'n', redirectUri: 'http://localhost:1' });

test('the address is the tenant’s own, for this resource alone, with the account already named', async () => {
  const { client, asked } = await clientOf({});
  const ask = (chooseAccount: boolean) =>
    client.authorizationUrl({
      redirectUri: 'http://localhost:4321',
      state: 'the-state',
      nonce: 'n',
      challenge: 'c',
      loginHint: 'anna@ente.it',
      chooseAccount,
      withItems: false,
    });
  const { origin, pathname, searchParams } = new URL(await ask(false));
  expect(`${origin}${pathname}`).toBe(metadata.authorization_endpoint);
  expect(Object.fromEntries(searchParams)).toMatchObject({
    client_id: clientId,
    redirect_uri: 'http://localhost:4321',
    response_type: 'code',
    response_mode: 'form_post',
    code_challenge_method: 'S256',
    state: 'the-state',
    login_hint: 'anna@ente.it',
  });
  expect(new URL(await ask(true)).searchParams.get('prompt')).toBe('select_account');
  expect(asked.every(({ url: to }) => to.startsWith('https://login.microsoftonline.com/'))).toBe(true);
});

test('a refusal of the code is explained by Microsoft’s number and logged without the code', async () => {
  const { client, logged } = await clientOf({
    [metadata.token_endpoint]: [
      {
        status: 400,
        body: {
          error: 'invalid_grant',
          error_description: 'AADSTS50105: Not assigned.',
          error_codes: [50105],
          correlation_id: '7c3f2f8e-61a0-4a57-9d4c-5f1f7a8b9c0d',
        },
      },
    ],
  });
  await expect(redeem(client)).rejects.toMatchObject({
    code: 'MICROSOFT_NOT_ASSIGNED',
    problem: { details: { correlation: '7c3f2f8e-61a0-4a57-9d4c-5f1f7a8b9c0d' } },
  });
  expect(JSON.stringify(logged)).toContain('AADSTS50105');
  expect(JSON.stringify(logged)).not.toContain('the-code');
});

test.each<[string, Answer, object]>([
  [
    'busy, with a time',
    { status: 429, headers: { 'retry-after': '42' }, body: { error: 'temporarily_unavailable' } },
    { code: 'SERVER_BUSY', problem: { retryAfterMs: 42_000 } },
  ],
  ['a proxy’s page', { body: '<html>Sign in to the guest network</html>' }, { code: 'MICROSOFT_SIGNIN_FAILED' }],
  ['a broken server', { status: 502, body: '<html>Bad gateway</html>' }, { code: 'SERVER_BUSY' }],
])('what is no answer: %s', async (_, answer, problem) => {
  const { client } = await clientOf({ [metadata.token_endpoint]: [answer] });
  await expect(redeem(client)).rejects.toMatchObject(problem);
});

test('a device code that the organisation blocks, and one that ran out, are told apart', async () => {
  const code = {
    user_code: 'ABCD',
    device_code: 'd',
    verification_uri: 'https://microsoft.com/devicelogin',
    expires_in: 900,
    interval: 0,
  };
  const refused = (error: string, number: number): Answer => ({
    status: 400,
    body: { error, error_description: `AADSTS${number}: No.`, error_codes: [number] },
  });
  const { client } = await clientOf({
    [metadata.device_authorization_endpoint]: [{ body: code }, { body: code }],
    [metadata.token_endpoint]: [
      refused('authorization_pending', 70016),
      refused('access_denied', 53003),
      refused('expired_token', 70019),
    ],
  });
  const shown: string[] = [];
  const ask = () => client.byDeviceCode(({ userCode }) => shown.push(userCode));
  await expect(ask()).rejects.toMatchObject({ code: 'MICROSOFT_BLOCKED_BY_POLICY' });
  await expect(ask()).rejects.toMatchObject({ code: 'MICROSOFT_DEVICE_CODE_EXPIRED' });
  expect(shown).toEqual(['ABCD', 'ABCD']);
});

test('a device code that is refused from the start', async () => {
  const { client } = await clientOf({
    [metadata.device_authorization_endpoint]: [
      {
        status: 400,
        body: { error: 'unauthorized_client', error_description: 'AADSTS700016: No.', error_codes: [700016] },
      },
    ],
  });
  const shown: unknown[] = [];
  await expect(client.byDeviceCode(code => shown.push(code))).rejects.toMatchObject({
    code: 'MICROSOFT_REGISTRATION_UNKNOWN',
  });
  expect(shown).toEqual([]);
});
