import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { createProfileKeys, signProfile } from '../electron/engine/profile/sign-profile.ts';
import { organisationFile } from '../electron/hosts/organisation-file.ts';
import { problemOf } from '../shared/errors.ts';
import { runHere } from './rig/run-here.ts';
import { createTestCertificate } from './rig/test-certificate.ts';
import { createTestDirectory } from './rig/test-directory.ts';

/** What an organisation hands out to its people: made with the command line, had by file, by link, or with the program. */
const examples = fileURLToPath(new URL('../guides/profiles/', import.meta.url));
const names = ['ministero-zimbra-microsoft365', 'citta-zimbra-carbonio'] as const;

function folder(): string {
  const { path, remove } = createTestDirectory('profile');
  onTestFinished(remove);
  return path;
}

async function signed(name: (typeof names)[number], key = createProfileKeys().privateKey): Promise<string> {
  return JSON.stringify(signProfile(await readFile(join(examples, `${name}.json`), 'utf8'), key));
}

test.each(names)(
  'the example %s is signed and checked; a changed letter and a file that is there are not',
  async name => {
    const place = folder();
    const [key, out] = [join(place, 'chiave.pem'), join(place, 'profilo.json')];
    const example = join(examples, `${name}.json`);
    expect((await runHere(['profile', 'key', '--out', key])).exitCode).toBe(0);
    if (process.platform !== 'win32') expect((await stat(key)).mode & 0o077).toBe(0);
    const sign = ['profile', 'sign', example, '--key', key, '--out', out, '--json'];
    const made = await runHere(sign);
    expect(made).toMatchObject({ exitCode: 0, result: { status: 'succeeded' } });
    const checked = await runHere(['profile', 'check', out, '--json']);
    const { id } = JSON.parse(await readFile(example, 'utf8')) as { readonly id: string };
    expect(checked).toMatchObject({
      exitCode: 0,
      result: { fingerprint: made.result?.['fingerprint'], profile: { id } },
    });
    // Nothing is written over: it may be the only copy that was handed out.
    expect(await runHere(sign)).toMatchObject({ exitCode: 73, result: { problem: { code: 'EXPORT_PLACE_TAKEN' } } });
    await writeFile(out, (await readFile(out, 'utf8')).replace('"posta.', '"pasta.').replace('"imap.', '"imop.'));
    const changed = await runHere(['profile', 'check', out, '--json']);
    expect(changed).toMatchObject({ exitCode: 65, result: { problem: { code: 'PROFILE_SIGNATURE_WRONG' } } });
  },
);

test('by a link as the help desk dictates it: without https://, and nobody is followed elsewhere', async () => {
  const { certFile, keyFile, caFile } = await createTestCertificate({ directory: folder() });
  const text = await signed('citta-zimbra-carbonio');
  const server = createServer({ cert: await readFile(certFile), key: await readFile(keyFile) }, ({ url }, response) => {
    if (url === '/travaso.json') response.end(text);
    else response.writeHead(302, { location: '/travaso.json' }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const trusted = tls.getCACertificates('default');
  onTestFinished(() => tls.setDefaultCACertificates(trusted));
  const engine = createEngine(defaultPorts());
  onTestFinished(() => engine.close());
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  const inspect = (link: string) => engine.api['organisation.inspect']({ from: { link } }).catch(problemOf);
  expect(await inspect(`${host}/travaso.json`)).toMatchObject({ code: 'TLS_CERTIFICATE_UNKNOWN_CA' });
  tls.setDefaultCACertificates([...trusted, await readFile(caFile, 'utf8')]);
  expect(await inspect(`${host}/travaso.json`)).toMatchObject({ profile: { id: 'citta-metropolitana-di-lagoverde' } });
  expect(await inspect(`https://${host}/altrove`)).toMatchObject({
    code: 'PROFILE_LINK_INVALID',
    details: { status: 302 },
  });
  for (const link of [`http://${host}/travaso.json`, 'file:///etc/passwd', ''])
    expect(await inspect(link)).toMatchObject({ code: 'PROFILE_LINK_INVALID' });
});

test('one that comes with the program counts until a successor of the same key is installed', async () => {
  const place = folder();
  const builtIn = join(place, 'incluso.json');
  const { privateKey } = createProfileKeys();
  await writeFile(builtIn, await signed('citta-zimbra-carbonio', privateKey));
  const engine = createEngine(defaultPorts({ organisation: organisationFile(join(place, 'proprio.json'), builtIn) }));
  onTestFinished(() => engine.close());
  const { api } = engine;
  const inForce = async () => (await api['organisation.read']({})).profile?.id;
  const install = async (text: string) => {
    const file = join(place, 'altro.json');
    await writeFile(file, text);
    const { fingerprint } = await api['organisation.inspect']({ from: { file } });
    return await api['organisation.install']({ from: { file }, fingerprint }).catch(problemOf);
  };
  expect(await inForce()).toBe('citta-metropolitana-di-lagoverde');
  const strangers = await install(await signed('ministero-zimbra-microsoft365'));
  expect(strangers).toMatchObject({ code: 'PROFILE_KEY_CHANGED' });
  expect(await inForce()).toBe('citta-metropolitana-di-lagoverde');
  expect(await install(await signed('ministero-zimbra-microsoft365', privateKey))).toEqual({});
  expect(await inForce()).not.toBe('citta-metropolitana-di-lagoverde');
  await api['organisation.remove']({});
  expect(await inForce()).toBe('citta-metropolitana-di-lagoverde');
});
