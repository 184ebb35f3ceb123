import { onTestFinished } from 'vitest';
import type { Problem } from '../shared/errors.ts';
import { openArchive } from '../electron/engine/archive/archive.ts';
import type { MailTarget } from '../electron/engine/targets/mail-target.ts';
import { connectMicrosoft365Target } from '../electron/engine/targets/microsoft365/connect-microsoft365-target.ts';
import { runAsJob, type EndedJob } from '../electron/engine/testing/run-as-job.ts';
import type { ScriptedMessage } from '../electron/engine/testing/scripted-source.ts';
import { testPorts, type TestPorts } from '../electron/engine/testing/test-archive.ts';
import { runUpload } from '../electron/engine/upload/run-upload.ts';
import { runTargetProof } from '../electron/engine/verify/run-verify.ts';
import { startExchange, type FakeExchange } from './fakes/exchange/start-exchange.ts';
import type { ExchangeQuirks } from './fakes/exchange/exchange-quirks.ts';

const user = 'anna.rossi@ente.example';
export const exchangeAccount = `microsoft365:${user}`;

export interface ExchangeRig {
  readonly fake: FakeExchange;
  readonly ports: TestPorts;
  /** How often a token was asked for, and how often a fresh one. */
  readonly tokens: { asked: number; fresh: number };
  readonly connect: () => Promise<MailTarget>;
  readonly upload: (root: string, options?: { dryRun?: boolean; repair?: boolean }) => Promise<EndedJob>;
  readonly verify: (root: string) => Promise<EndedJob>;
}

/** A fake Exchange for the length of one test, and the product's own jobs on it. Waiting takes no time. */
export async function startExchangeRig(
  quirks: Partial<ExchangeQuirks> = {},
  ports: TestPorts = testPorts(),
): Promise<ExchangeRig> {
  const fake = await startExchange(user, quirks);
  onTestFinished(() => fake[Symbol.asyncDispose]());
  const tokens = { asked: 0, fresh: 0 };
  let token = fake.state.issueToken();
  const connect = (): Promise<MailTarget> =>
    connectMicrosoft365Target({
      address: { kind: 'microsoft365', user },
      host: fake.host,
      port: fake.port,
      ca: fake.ca,
      log: ports.log,
      token: fresh => {
        tokens.asked += 1;
        if (fresh === true) {
          tokens.fresh += 1;
          token = fake.state.issueToken();
        }
        return Promise.resolve(token);
      },
    });
  const job = async (
    root: string,
    kind: 'upload' | 'verify',
    work: (means: Omit<Parameters<typeof runUpload>[0], 'folders' | 'map' | 'dryRun'>) => Promise<object>,
  ): Promise<EndedJob> => {
    const archive = await openArchive(root, 'write', ports);
    try {
      return await runAsJob(
        { journal: archive.catalogue, kind, account: exchangeAccount, clock: ports.clock },
        context => work({ archive, account: exchangeAccount, connect, ports, context }),
      );
    } finally {
      archive.close();
    }
  };
  return {
    ...{ fake, ports, tokens, connect },
    upload: (root, { dryRun = false, repair = false } = {}) =>
      job(root, 'upload', means => runUpload({ ...means, folders: [], map: new Map(), dryRun, repair })),
    verify: root =>
      job(root, 'verify', async means => {
        await runTargetProof(means);
        return {};
      }),
  };
}

/** An office's message of a few parts, whose encodings Exchange changes. */
export function officeMessage(key: string, more: Partial<ScriptedMessage> = {}): ScriptedMessage {
  const attachment = Buffer.from(`dati della delibera ${key} `.repeat(40)).toString('base64');
  const octets = [
    `Message-ID: <${key}.delibera@ente.example>`,
    'Date: Mon, 4 Mar 2019 09:15:00 +0100',
    'From: "Rossi, Anna" <anna.rossi@ente.example>',
    'To: ufficio@ente.example',
    `Subject: =?utf-8?Q?Attivit=C3=A0_numero_${key}?=`,
    'X-Priority: 1',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="confine"',
    '',
    'Questo messaggio ha parti.',
    '--confine',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    `Buongiorno, l=E2=80=99attivit=C3=A0 ${key} =C3=A8 finita.`,
    '--confine',
    'Content-Type: application/pdf; name="delibera.pdf"',
    'Content-Disposition: attachment; filename="delibera.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    ...(attachment.match(/.{1,76}/g) ?? []),
    '--confine--',
    '',
  ].join('\r\n');
  return { key, octets, ...more };
}

/** How often each Message-ID is held, by the fake's own store. */
export function heldBy({ state }: FakeExchange): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const { mail } of state.store.folders) {
    for (const { sent } of mail) {
      const id = /^Message-ID: *(\S+)/im.exec(sent.toString('latin1'))?.[1] ?? sent.toString('latin1');
      held.set(id, (held.get(id) ?? 0) + 1);
    }
  }
  return held;
}

export function problemsOf({ exceptions }: EndedJob): readonly (readonly [Problem['code'], number | null])[] {
  return exceptions.map(({ problem, number }) => [problem.code, number] as const);
}
