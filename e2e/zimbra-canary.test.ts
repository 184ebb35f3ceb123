import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import type { Log } from '../electron/engine/ports.ts';
import { createProfileKeys, signProfile } from '../electron/engine/profile/sign-profile.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import type { SoapBody } from './fakes/zimbra/fake-account.ts';
import { startZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import { filesHolding } from './rig/files-holding.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { startCli } from './rig/run-cli.ts';
import type { CliResult } from './rig/run-cli.ts';
import { createTestDirectory } from './rig/test-directory.ts';

const anna = 'anna@ente.it';
const oldPassword = 'canarino-vecchia-7f3a';
const newPassword = 'canarino-nuova-91bc';
const scratchCode = 'canarinocodice4417';
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXA';

function folder(): string {
  const { path, remove } = createTestDirectory('zimbra-canary');
  onTestFinished(() => {
    remove();
  });
  return path;
}

/** Runs a command to its end, and looks at what other programs can see of it while it runs. */
async function watched(
  args: readonly string[],
  stdin: string,
  log: string,
): Promise<CliResult & { readonly seen: string }> {
  await using run = startCli([...args, '--password-stdin', '--json'], { stdin, env: { TRAVASO_LOG: log } });
  let seen = '';
  const look = (): boolean => {
    for (const file of ['cmdline', 'environ']) seen += readFileSync(`/proc/${run.pid}/${file}`, 'latin1');
    return false;
  };
  look();
  await run.waitFor(({ event }) => event === 'progress' && look());
  return { ...(await run.finished), seen };
}

describe.skipIf(!dovecotAvailable() || process.platform !== 'linux')('secrets are found nowhere', () => {
  test('backing up from Zimbra and uploading to Carbonio with a code, on the command line', async () => {
    const place = folder();
    await using mail = await startDovecot({ users: { [anna]: { password: oldPassword } }, storage: 'maildir-fs' });
    loadMaildir(mail, generateMailbox({ messages: 40, medianSize: 2000, largeShare: 0 }), { user: anna });
    const tree: SoapBody = { folder: [{ id: '1', name: 'USER_ROOT' }] };
    const soap = new Map([
      ['GetFolderRequest', () => tree],
      ['GetTagRequest', () => ({})],
    ]);
    await using old = await startZimbraFake({
      edition: 'zimbra',
      accounts: [{ name: anna, password: oldPassword, mailbox: { soap } }],
    });
    old.state.csrfForced = true;
    await using target = await startZimbraFake({
      edition: 'carbonio-advanced',
      accounts: [
        {
          name: anna,
          password: newPassword,
          mailbox: fakeMailbox(),
          secondFactor: { secret, scratchCodes: [scratchCode] },
        },
      ],
    });
    const ca = join(place, 'ca.pem');
    const pems = await Promise.all([old.caFile, target.caFile, mail.caFile].map(file => readFile(file, 'utf8')));
    await writeFile(ca, pems.join(''));
    const profile = join(place, 'profile.json');
    await writeFile(profile, signedProfile(mail.ports.imaps));
    const archive = join(place, 'archivio');
    const log = join(place, 'travaso.log');
    const common = ['--archive', archive, '--ca', ca, '--profile', profile];

    const saved = await watched(['backup', '--source', old.address(anna), ...common], `${oldPassword}\n`, log);
    expect([saved.exitCode, saved.result?.['status']]).toEqual([0, 'succeeded']);
    const secrets = `${newPassword}\n${scratchCode}\n`;
    const carried = await watched(['upload', '--target', target.address(anna), ...common], secrets, log);
    expect([carried.exitCode, carried.result?.['status']]).toEqual([0, 'succeeded']);
    const refused = await watched(
      ['upload', '--target', target.address(anna), ...common],
      `${newPassword}-sbagliata\n`,
      log,
    );
    expect(refused.exitCode).toBe(77);

    const canaries = [oldPassword, newPassword, scratchCode, secret, ...old.state.sessions.tokens()];
    canaries.push(...target.state.sessions.tokens());
    expect(canaries.length).toBeGreaterThan(6);
    expect(readFileSync(log, 'utf8')).toContain('zimbra.signed-in');
    const shown = [saved, carried, refused].map(
      ({ events, stderr, text, seen }) => JSON.stringify(events) + stderr + text + seen,
    );
    for (const canary of canaries) {
      expect(filesHolding(place, canary)).toEqual([]);
      expect(shown.filter(text => text.includes(canary))).toEqual([]);
    }
  });

  test('everything that is logged, and what a help desk may read, while a person signs in', async () => {
    await using fake = await startZimbraFake({
      edition: 'carbonio-advanced',
      accounts: [
        { name: anna, password: newPassword, mailbox: { soap: new Map() }, secondFactor: {}, mustChangePassword: true },
      ],
    });
    const logged: string[] = [];
    const write = (event: string, facts: unknown): void => void logged.push(JSON.stringify([event, facts]));
    const log: Log = { debug: write, warn: write };
    const engine = createEngine(defaultPorts({ log }));
    onTestFinished(() => engine.close());
    const { api } = engine;
    const account = { address: fake.address(anna), password: newPassword, caFile: fake.caFile, acceptHost: true };
    const { signInId, step } = await api['signIn.begin'](account);
    expect(step.step).toBe('newPassword');
    const chosen = 'canarino-scelta-55d0';
    const answered = await api['signIn.answer']({ signInId, answer: { answer: 'newPassword', password: chosen } });
    expect(answered.step.step).toBe('enrolment');
    const wrong = 'canarinosbagliato';
    const code = { answer: 'enrolment', code: wrong } as const;
    expect((await api['signIn.answer']({ signInId, answer: code })).step).toMatchObject({ step: 'enrolment' });
    logged.push((await api['diagnostics.read']({})).text);
    expect(logged.join('\n')).toContain('carbonio.code');
    const enrolment = answered.step.step === 'enrolment' ? [answered.step.secret, ...answered.step.recoveryCodes] : [];
    expect(enrolment).toHaveLength(3);
    const canaries = [newPassword, chosen, wrong, anna, ...enrolment, ...fake.state.sessions.tokens()];
    for (const canary of canaries) expect(logged.filter(line => line.includes(canary))).toEqual([]);
  });
});

function signedProfile(imapPort: number): string {
  const profile = {
    ...{ format: 'travaso-profile', version: 1, id: 'ente', name: { it: 'Ente', en: 'Body' } },
    ...{ issued: '2026-01-01T00:00:00Z', expires: null, domains: ['ente.it'] },
    source: { kind: 'zimbra', host: 'localhost', imapPort },
    target: { kind: 'carbonio', host: 'localhost' },
  };
  return JSON.stringify(signProfile(JSON.stringify(profile), createProfileKeys().privateKey));
}
