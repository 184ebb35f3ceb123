import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { names } from '../archive/layout.ts';
import { archivePlace, backUp, contentOf, mail, octetsIn, withArchive } from '../testing/test-archive.ts';
import type { HeldMessage } from '../testing/test-archive.ts';
import { codesOf } from '../testing/run-as-job.ts';
import { scriptedSource } from '../testing/scripted-source.ts';
import type { ScriptedFolder, ScriptedMessage, SourceScript } from '../testing/scripted-source.ts';

const inbox = (messages: readonly ScriptedMessage[], more: Partial<ScriptedFolder> = {}): ScriptedFolder => ({
  ...{ path: ['INBOX'], role: 'inbox', messages },
  ...more,
});

async function held(root: string): Promise<HeldMessage[]> {
  return await withArchive(root, contentOf);
}

test('a second run fetches only what is new and follows flags', async () => {
  const root = archivePlace();
  const script: SourceScript = { folders: [inbox([mail('1'), mail('2')])] };
  const source = scriptedSource(script);
  expect(await backUp(root, source)).toMatchObject({ status: 'succeeded', figures: { found: 2, stored: 2 } });
  script.folders = [
    inbox([mail('1', 'Numero 1', { flags: ['\\Seen'], keywords: ['$Forwarded'] }), mail('2'), mail('3')]),
  ];
  const second = await backUp(root, source);

  expect(second).toMatchObject({ status: 'succeeded', figures: { found: 3, stored: 1, alreadyPresent: 2 } });
  expect(source.fetched).toEqual(['INBOX/1', 'INBOX/2', 'INBOX/3']);
  expect((await held(root)).map(({ message }) => [message.key, message.flags, message.keywords])).toEqual([
    ['1', ['\\Seen'], ['$Forwarded']],
    ['2', [], []],
    ['3', [], []],
  ]);
});

test('a run with nothing new leaves the seal as it is', async () => {
  const root = archivePlace();
  const source = scriptedSource({ folders: [inbox([mail('1')], { changeMark: '5' })] });
  const { outcome } = await backUp(root, source);
  expect(outcome.manifestSha256).toMatch(/^[0-9a-f]{64}$/);
  expect((await backUp(root, source)).outcome).toEqual(outcome);
});

test('after a renumbering every message is met again by its octets, true duplicates as many as they are', async () => {
  const root = archivePlace();
  const twice = 'Subject: promemoria\r\n\r\nUguale.\r\n';
  const script: SourceScript = {
    folders: [inbox([mail('1'), { key: '2', octets: twice }, { key: '3', octets: twice }], { changeMark: 'a' })],
  };
  const source = scriptedSource(script);
  await backUp(root, source);
  const renumbered = [{ key: '11', octets: twice }, mail('12', 'Numero 1', { flags: ['\\Flagged'] })];
  script.folders = [
    inbox([...renumbered, { key: '13', octets: twice }, { key: '14', octets: twice }], {
      ...{ generation: '2', changeMark: 'b' },
    }),
  ];
  const second = await backUp(root, source);

  expect(second).toMatchObject({ status: 'succeeded', figures: { found: 4, stored: 1, alreadyPresent: 3 } });
  const messages = await held(root);
  expect(messages.map(({ octets }) => octets).sort()).toEqual([mail('1').octets, twice, twice, twice].sort());
  // Met again is not gone: an upload leaves out what the source no longer has.
  expect(messages.map(({ message }) => message.absentSince)).toEqual([null, null, null, null]);
  expect(messages.map(({ message }) => message.key).sort()).toEqual(['11', '12', '13', '14']);
  expect(messages[0]?.message.flags).toEqual(['\\Flagged']);
  expect((await backUp(root, source)).figures).toMatchObject({ found: 4, stored: 0, alreadyPresent: 4 });
});

test('a message gone from the source stays, marked as gone, and loses the mark when it is there again', async () => {
  const root = archivePlace();
  const script: SourceScript = { folders: [inbox([mail('1'), mail('2')])] };
  const source = scriptedSource(script);
  const absences = async (): Promise<boolean[]> =>
    (await held(root)).map(({ message }) => message.absentSince !== null);
  await backUp(root, source);
  script.folders = [inbox([mail('2')])];
  expect(await backUp(root, source)).toMatchObject({ status: 'succeeded', figures: { found: 1 } });
  expect(await absences()).toEqual([true, false]);
  script.folders = [inbox([mail('1'), mail('2')])];
  await backUp(root, source);
  expect(await absences()).toEqual([false, false]);
  expect(await octetsIn(root)).toEqual([mail('1').octets, mail('2').octets]);
});

test('one message that vanishes and one that cannot be read are named, the others are stored, and both are tried again', async () => {
  const root = archivePlace();
  const script: SourceScript = {
    folders: [
      inbox(
        [mail('1', 'Numero 1', { trouble: 'vanishes' }), mail('2', 'Numero 2', { trouble: 'unreadable' }), mail('3')],
        {
          changeMark: '1',
        },
      ),
    ],
  };
  const source = scriptedSource(script);
  const first = await backUp(root, source);
  expect(first).toMatchObject({ status: 'partial', figures: { found: 3, stored: 1, setAside: 2 } });
  expect(codesOf(first)).toEqual(['MESSAGE_UNREADABLE', 'MESSAGE_VANISHED']);
  script.folders = [inbox([mail('1'), mail('2'), mail('3')], { changeMark: '1' })];
  expect(await backUp(root, source)).toMatchObject({ status: 'succeeded', figures: { stored: 2, alreadyPresent: 1 } });
});

test('a message on which the line always breaks is set aside, and nothing of it is left among the others', async () => {
  const root = archivePlace();
  const source = scriptedSource({
    folders: [inbox([mail('1'), mail('2', 'Numero 2', { trouble: 'breaks' }), mail('3')])],
  });
  const run = await backUp(root, source);
  expect(run).toMatchObject({ status: 'partial', figures: { found: 3, stored: 2, setAside: 1 } });
  expect(run.exceptions).toMatchObject([{ problem: { code: 'MESSAGE_UNREADABLE' }, key: '2' }]);
  expect(await octetsIn(root)).toEqual([mail('1').octets, mail('3').octets]);
});

test('a line that always breaks while messages are counted ends the run after a while', async () => {
  const source = scriptedSource({ folders: [inbox([mail('1'), mail('2')], { inventoryBreaks: true })] });
  const run = await backUp(archivePlace(), source);
  expect(run).toMatchObject({ status: 'failed', problem: { code: 'CONNECTION_LOST' } });
  expect(source.connections).toBeLessThan(50);
});

test('a size that lies is a remark, not a lost message', async () => {
  const root = archivePlace();
  const run = await backUp(root, scriptedSource({ folders: [inbox([mail('1', 'Numero 1', { announcedSize: 7 })])] }));
  expect(run).toMatchObject({ status: 'succeeded', figures: { stored: 1 } });
  expect(codesOf(run)).toEqual(['MESSAGE_SIZE_DIFFERS']);
  expect(await octetsIn(root)).toEqual([mail('1').octets]);
});

test('a folder that cannot be opened is named and the others go on', async () => {
  const root = archivePlace();
  const closed: ScriptedFolder = { path: ['Chiusa'], messages: [mail('1')], closed: 'FOLDER_UNREADABLE' };
  const run = await backUp(root, scriptedSource({ folders: [closed, inbox([mail('1')])] }));
  expect(run).toMatchObject({ status: 'partial', figures: { found: 1, stored: 1 } });
  expect(run.exceptions).toMatchObject([{ problem: { code: 'FOLDER_UNREADABLE' }, folder: ['Chiusa'] }]);
});

test('a folder renamed at the source is archived under its new name, and the old copies do not count as there', async () => {
  const root = archivePlace();
  const script: SourceScript = { folders: [{ path: ['Vecchia'], messages: [mail('1')] }] };
  const source = scriptedSource(script);
  await backUp(root, source);
  script.folders = [{ path: ['Nuova'], messages: [mail('1')] }];
  await backUp(root, source);
  expect((await held(root)).map(({ folder, message }) => [folder.path[0], message.absentSince === null])).toEqual([
    ['Vecchia', false],
    ['Nuova', true],
  ]);
});

test('a folder the server forgot to list once has all its messages again when it is listed again', async () => {
  const root = archivePlace();
  const copies: ScriptedFolder = { path: ['Copie'], messages: [mail('1')], changeMark: '9' };
  const script: SourceScript = { folders: [inbox([mail('1')], { changeMark: '4' }), copies] };
  const source = scriptedSource(script);
  await backUp(root, source);
  script.folders = [inbox([mail('1')], { changeMark: '4' })];
  await backUp(root, source);
  script.folders = [inbox([mail('1')], { changeMark: '4' }), copies];
  await backUp(root, source);
  expect((await held(root)).map(({ message }) => message.absentSince)).toEqual([null, null]);
});

test('a folder that vanished takes no message with it that is nowhere else', async () => {
  const root = archivePlace();
  const script: SourceScript = { folders: [inbox([]), { path: ['Sparita'], messages: [mail('1')] }] };
  const source = scriptedSource(script);
  await backUp(root, source);
  script.folders = [inbox([])];
  await backUp(root, source);
  expect((await held(root)).map(({ message }) => message.absentSince)).toEqual([null]);
});

test('a pause keeps what is whole, seals it, and the next run goes on from there', async () => {
  const root = archivePlace();
  const script: SourceScript = { folders: [inbox([mail('1'), mail('2'), mail('3')])] };
  const source = scriptedSource(script);
  const first = await backUp(root, source, {
    started: run => {
      script.onFetch = key => {
        if (key === '3' && run.snapshot().status === 'running') run.pause();
      };
    },
  });
  expect(first).toMatchObject({ status: 'paused', problem: null, figures: { stored: 2 } });
  expect(existsSync(join(root, names.manifest))).toBe(true);
  delete script.onFetch;
  expect(await backUp(root, source)).toMatchObject({ status: 'succeeded', figures: { stored: 1, alreadyPresent: 2 } });
  expect(source.fetched).toEqual(['INBOX/1', 'INBOX/2', 'INBOX/3']);
  expect(await octetsIn(root)).toEqual([mail('1').octets, mail('2').octets, mail('3').octets]);
});

test('a pattern that matches no folder ends the run before anything is fetched', async () => {
  const source = scriptedSource({ folders: [inbox([mail('1')])] });
  const run = await backUp(archivePlace(), source, { folders: ['Inbosx'] });
  expect(run).toMatchObject({ status: 'failed', problem: { code: 'FOLDER_PATTERN_MATCHES_NOTHING' } });
  expect(source.fetched).toEqual([]);
});
