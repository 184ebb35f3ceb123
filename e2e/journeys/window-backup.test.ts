import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JobSnapshot } from '../../shared/model/job.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import { electronRuntime, startElectronApp } from '../rig/electron-app.ts';
import { filesHolding } from '../rig/files-holding.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import { generateMailbox } from '../rig/mailbox-generator.ts';
import { callInWindow, choosePath } from '../rig/window-calls.ts';

const runtime = await electronRuntime();
const password = 'Canarino-4c1e-segreto';

test.skipIf(runtime === null || !dovecotAvailable())(
  'the app as it is built saves a whole mailbox, and the password is in none of the files left behind',
  async () => {
    if (runtime === null) return;
    await using server = await startDovecot({ users: { mario: { password } } });
    loadMaildir(server, generateMailbox({ messages: 120 }), { user: 'mario' });
    const base = mkdtempSync(join(tmpdir(), 'travaso-window-backup-'));
    const archive = join(base, 'archivio');
    mkdirSync(archive);
    try {
      await using started = await startElectronApp(runtime, { dataDir: join(base, 'data') });
      await choosePath(started, archive);
      await callInWindow(started, 'host.pickFolder', { startAt: null });
      const signedIn = await callInWindow(started, 'signIn.password', { password });
      const { signInId } = (signedIn as unknown as { value: { signInId: string } }).value;
      const address = `imap://mario@127.0.0.1:${server.ports.imap}`;
      const ended = started.page.evaluate<JobSnapshot>(`new Promise(resolve => window.travaso.subscribe(event => {
        if (!['queued', 'running'].includes(event.payload.status)) resolve(event.payload);
      }))`);
      const source = { address, signInId, tls: 'none-on-loopback' as const };
      const begun = await callInWindow(started, 'backup.start', { archive, source, format: 'mbox', folders: [] });
      expect(begun).toMatchObject({ ok: true });
      expect(await ended).toMatchObject({ status: 'succeeded', figures: { found: 120, stored: 120, setAside: 0 } });
      expect(existsSync(join(archive, 'manifest-sha256.txt'))).toBe(true);
    } finally {
      const holding = filesHolding(base, password);
      rmSync(base, { recursive: true, force: true });
      expect(holding).toEqual([]);
    }
  },
);
