import { expect, test } from 'vitest';
import { davArgs, davItems, runDavTo } from './dav-rig.ts';
import { archiveFromZimbra, itemFiles, many } from './many-items-rig.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import { itemsOracleAvailable, readItems } from './rig/items-oracle.ts';
import { radicaleAvailable, startRadicale } from './rig/radicale.ts';
import { anna, password } from './zimbra-items-rig.ts';

const { contacts, events, tasks } = many;

test.skipIf(!dovecotAvailable() || !radicaleAvailable() || !itemsOracleAvailable())(
  `${contacts} contacts and ${events} appointments of Zimbra are the same at a DAV server, in the eyes of Python`,
  { timeout: 3_600_000 },
  async () => {
    await using mail = await startDovecot({ users: { [anna]: { password } }, storage: 'maildir-fs' });
    await using server = await startRadicale();
    const archive = await archiveFromZimbra(mail);
    const to = ['--archive', archive, ...davArgs(server)];
    const uploaded = await runDavTo(0, ['upload', ...to]);
    expect(uploaded.result?.['items']).toMatchObject({
      contact: { uploaded: contacts, setAside: 0 },
      event: { uploaded: events, setAside: 0 },
      task: { uploaded: tasks, setAside: 0 },
    });
    const verified = await runDavTo(0, ['verify', ...to]);
    expect(verified.result?.['items']).toMatchObject({
      contact: { verified: contacts, missing: 0 },
      event: { verified: events, missing: 0 },
      task: { verified: tasks, missing: 0 },
    });

    const wanted = readItems(itemFiles(archive));
    const found = readItems(davItems(server, 'anna'));
    expect(wanted.size).toBe(contacts + events + tasks);
    expect(found.size).toBe(wanted.size);
    const wrong = [...wanted].filter(
      ([uid, fields]) => 'fault' in fields || JSON.stringify(fields) !== JSON.stringify(found.get(uid)),
    );
    expect(wrong.slice(0, 3).map(([uid, fields]) => ({ uid, fields, found: found.get(uid) }))).toEqual([]);
  },
);
