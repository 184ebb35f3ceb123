import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UploadPlan } from '../shared/model/upload-plan.ts';
import { contentOf, withArchive } from '../electron/engine/testing/test-archive.ts';
import { backupArgs, newFolder, accountOf, runTo, uploadArgs } from './reliability/journey.ts';
import { figuresOf, verifyArgs } from './restore-rig.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import { sharedFixture } from './rig/shared-fixtures.ts';

const shelf = sharedFixture('pst');
if (shelf === null) console.warn('skipped: no PST files in ../shared/fixtures/pst');

/** As a server would have had it: other transfer encodings, other boundaries, a field more. By Python. */
const asReceived = `
import base64, email, email.policy, sys
message = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.compat32)
for number, part in enumerate(message.walk()):
    if part.get_content_maintype() == 'multipart':
        part.set_boundary('as-it-was-%d' % number)
    elif part.get_content_maintype() == 'text' and not part.is_multipart():
        content = part.get_payload(decode=True)
        del part['Content-Transfer-Encoding']
        part['Content-Transfer-Encoding'] = 'base64'
        part.set_payload(base64.encodebytes(content).decode())
message['X-Spam-Score'] = '0.1'
sys.stdout.buffer.write(message.as_bytes(policy=message.policy.clone(linesep='\\r\\n')))
`;

describe.skipIf(shelf === null || !dovecotAvailable())('a PST beside the mailbox it was made from', () => {
  let server: DovecotServer;
  const ids: string[] = [];
  let originals: readonly string[] = [];
  let archive = '';

  beforeAll(async () => {
    server = await startDovecot({
      users: { mario: { password: 'segreta' }, luisa: { password: 'segreta' } },
      tls: 'none',
    });
    archive = await newFolder();
    await runTo(0, [
      'backup',
      '--source',
      `pst:${join(shelf ?? '', 'tika_testPST.pst')}`,
      '--archive',
      archive,
      '--json',
    ]);
    const held = await withArchive(archive, contentOf);
    const messages = held.flatMap(({ octets }) => {
      const id = /^Message-ID:\s*(<[^>]+>)/im.exec(octets.slice(0, octets.indexOf('\r\n\r\n')))?.[1];
      if (id === undefined) return [];
      ids.push(id);
      const original = execFileSync('python3', ['-c', asReceived], { input: Buffer.from(octets, 'latin1') });
      return [
        {
          folder: ['INBOX'],
          octets: original,
          internalDate: new Date('2019-03-04T08:15:00Z'),
          flags: [],
          keywords: [],
        },
      ];
    });
    originals = loadMaildir(server, messages, { user: 'mario' }).map(({ sha256 }) => sha256);
    await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('the plan names them, one of each goes, all is accounted for, and asking for all sends the rest', async () => {
    expect(ids.length).toBeGreaterThan(2);
    const to = { user: 'luisa', port: server.ports.imap };
    const total = (await withArchive(archive, contentOf)).length;

    const plan = (await runTo(0, [...uploadArgs(archive, to), '--dry-run'])).result?.plan as UploadPlan;
    expect(plan.duplicates).toMatchObject({ messages: ids.length, sent: 'one' });
    expect(plan.messages).toBe(total - ids.length);
    for (const each of plan.duplicates.listed) {
      expect(each).toMatchObject({ by: { folder: ['INBOX'] }, why: 'original' });
      expect(each.folder).not.toEqual(['INBOX']);
    }

    const first = await runTo(0, uploadArgs(archive, to));
    expect(figuresOf(first)).toMatchObject({ uploaded: total - ids.length, alreadyPresent: ids.length, setAside: 0 });
    const exceptions = first.result?.['exceptions'] as { code: string }[];
    expect(exceptions.filter(({ code }) => code === 'MESSAGE_REPRESENTED')).toHaveLength(ids.length);
    const arrived = await accountOf(server, 'luisa');
    expect(arrived.messages.filter(({ sha256 }) => originals.includes(sha256))).toHaveLength(ids.length);
    expect(arrived.messages).toHaveLength(total - ids.length);

    await runTo(0, verifyArgs(archive, to));
    const out = join(await newFolder(), 'report.json');
    await runTo(0, ['report', '--archive', archive, '--out', out, '--json']);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ outcome: 'complete' });

    expect(figuresOf(await runTo(0, uploadArgs(archive, to)))).toMatchObject({ uploaded: 0, setAside: 0 });
    expect(figuresOf(await runTo(0, uploadArgs(archive, to, '--duplicates', 'all')))).toMatchObject({
      uploaded: ids.length,
    });
    expect((await accountOf(server, 'luisa')).messages).toHaveLength(total);
  });
});
