import { expect, test } from 'vitest';
import type { Selection } from '../../../shared/contract/schemas.ts';
import { folderKey } from '../../../shared/model/folder.ts';
import { openArchive } from '../archive/archive.ts';
import { codesOf, runAsJob } from '../testing/run-as-job.ts';
import type { EndedJob, JobOptions } from '../testing/run-as-job.ts';
import { scriptedTarget, targetAccount } from '../testing/scripted-target.ts';
import type { ScriptedTarget, TargetScript } from '../testing/scripted-target.ts';
import { archiveOf, mail, testPorts } from '../testing/test-archive.ts';
import { runTargetProof } from '../verify/run-verify.ts';
import { runUpload } from './run-upload.ts';
import { ledgerAccount, resolveSelection } from './selection.ts';

interface RestoreRun {
  readonly selection: Selection;
  readonly folders?: readonly string[];
  readonly map?: ReadonlyMap<string, readonly string[]>;
  readonly dryRun?: boolean;
  readonly proof?: boolean;
  readonly started?: JobOptions['started'];
}

async function restore(root: string, target: ScriptedTarget, run: RestoreRun): Promise<EndedJob> {
  const ports = testPorts();
  const archive = await openArchive(root, 'write', ports);
  const { selection, folders = [], map = new Map(), dryRun = false, proof = false, started } = run;
  const chosen = await resolveSelection(selection, folders, () => Promise.resolve(new Map()));
  const common = { archive, account: targetAccount, connect: target.connect, folders, restore: chosen };
  try {
    return await runAsJob(
      {
        ...{
          journal: archive.catalogue,
          kind: proof ? 'verify' : 'upload',
          account: targetAccount,
          clock: ports.clock,
        },
        ...(started === undefined ? {} : { started }),
      },
      async context => {
        if (!proof) return await runUpload({ ...common, map, dryRun, ports, context });
        await runTargetProof({ ...common, context });
        return {};
      },
    );
  } finally {
    archive.close();
  }
}

const messages = (...numbers: number[]): Selection => ({
  ...{ messages: numbers.map(number => ({ folder: 1, number })), query: null, under: null },
});
const below = (under: string): Selection => ({ messages: null, query: null, under });
const large = `Subject: grande\r\n\r\n${'x'.repeat(5000)}\r\n`;
const inbox = { path: ['INBOX'], role: 'inbox' as const };

test('figures, refusals and free room are those of what was chosen', async () => {
  const root = await archiveOf([{ ...inbox, messages: [mail('1'), { key: '2', octets: large }, mail('3')] }]);
  const limits = { maxMessageBytes: 1000, quota: { usedBytes: 0, limitBytes: 500 } };
  const one = await restore(root, scriptedTarget({ limits }), { selection: messages(1), dryRun: true });
  expect(one.outcome.plan).toMatchObject({ messages: 1, refusals: [], quotaProblem: null });
  const both = await restore(root, scriptedTarget({ limits }), { selection: messages(2, 3), dryRun: true });
  expect(both.outcome.plan).toMatchObject({ messages: 1, refusals: [{ number: 2 }] });
  const sent = await restore(root, scriptedTarget({ limits }), { selection: messages(2, 3) });
  expect({ ...sent, codes: codesOf(sent) }).toMatchObject({
    ...{ status: 'partial', figures: { found: 2, uploaded: 1, setAside: 1 }, codes: ['TARGET_MESSAGE_TOO_LARGE'] },
  });
});

test('below a named folder the old tree is kept: no role, no memory of where folders went, maps below it', async () => {
  const folders = [
    { ...inbox, messages: [mail('1')] },
    { path: ['Posta inviata'], role: 'sent' as const, messages: [mail('2')] },
    { path: ['Posta inviata', '2020'], messages: [mail('3')] },
    { path: ['Altro'], messages: [mail('4')] },
  ];
  const root = await archiveOf(folders);
  const target = scriptedTarget();
  target.add('INBOX', [], 'inbox');
  target.add('Sent', [], 'sent');
  await restore(root, target, { selection: null });
  const map = new Map([[folderKey(['Altro']), ['Diverso']]]);
  await restore(root, target, { selection: below('Vecchia/2024'), map });
  expect([...target.folders].flatMap(([name, folder]) => folder.messages.map(() => name)).sort()).toEqual([
    ...['Altro', 'INBOX', 'Sent', 'Sent/2020'],
    ...['Vecchia/2024/Diverso', 'Vecchia/2024/INBOX', 'Vecchia/2024/Posta inviata', 'Vecchia/2024/Posta inviata/2020'],
  ]);
});

test('a folder whose name is refused goes by a plain one, and stays below the named folder', async () => {
  const root = await archiveOf([{ path: ['Città'], messages: [mail('1')] }]);
  const target = scriptedTarget({ refusesFolder: name => name.includes('Città') });
  expect(await restore(root, target, { selection: below('Copia') })).toMatchObject({ figures: { uploaded: 1 } });
  const [name = ''] = [...target.folders].flatMap(([each, { messages: held }]) => (held.length > 0 ? [each] : []));
  expect(name).toMatch(/^Copia\//);
});

test('what an interrupted migration left open is settled and not counted as restored', async () => {
  const root = await archiveOf([{ ...inbox, messages: [mail('1'), mail('2'), mail('3')] }]);
  let pause = (): void => undefined;
  const script: TargetScript = {
    fate: () => {
      pause();
      return 'reply-lost';
    },
  };
  const target = scriptedTarget(script);
  const paused = await restore(root, target, {
    selection: null,
    started: run => {
      pause = () => {
        run.pause();
      };
    },
  });
  expect(paused.status).toBe('paused');
  expect(target.holds('INBOX')).toEqual([mail('1').octets]);
  delete script.fate;
  expect(await restore(root, target, { selection: messages(2) })).toMatchObject({
    ...{ status: 'succeeded', figures: { found: 1, uploaded: 1 } },
  });
  expect(target.holds('INBOX')).toEqual([mail('1').octets, mail('2').octets]);
  // The migration goes on from there.
  expect(await restore(root, target, { selection: null })).toMatchObject({
    figures: { uploaded: 1, alreadyPresent: 2 },
  });
});

test('a message that was moved back in the new mailbox is met there and not sent again', async () => {
  const root = await archiveOf([{ ...inbox, messages: [mail('1'), mail('2')] }]);
  const target = scriptedTarget();
  await restore(root, target, { selection: null });
  const folder = target.folders.get('INBOX');
  if (folder === undefined) throw new Error('no INBOX');
  const [first] = folder.messages.splice(0, 1);
  if (first !== undefined) folder.messages.push({ ...first, key: folder.nextKey });
  folder.nextKey += 1;
  expect(await restore(root, target, { selection: messages(1), proof: true })).toMatchObject({
    ...{ status: 'partial', figures: { found: 1, verified: 0 } },
  });
  expect(await restore(root, target, { selection: messages(1) })).toMatchObject({
    ...{ status: 'succeeded', figures: { found: 1, uploaded: 0, alreadyPresent: 1 } },
  });
  expect(folder.messages).toHaveLength(2);
  expect(await restore(root, target, { selection: messages(1), proof: true })).toMatchObject({
    ...{ status: 'succeeded', figures: { found: 1, verified: 1 } },
  });
});

test('each place has a ledger of its own, however it is spelled', async () => {
  const named = async (under: string | null): Promise<string> =>
    ledgerAccount(
      targetAccount,
      await resolveSelection({ messages: null, query: null, under }, [], () => Promise.reject(new Error('no search'))),
    );
  expect(await named(null)).toBe(targetAccount);
  expect(await named('Città')).toBe(await named(' Citta\u0300 /'));
  expect(await named('a/b')).not.toBe(await named('a%2Fb'));
});

test('a search and pointing at messages together mean what is of both', async () => {
  const found = new Map([[1, new Set([2, 3])]]);
  const selection = { ...messages(1, 2), query: 'x' } as Selection;
  const both = await resolveSelection(selection, [], () => Promise.resolve(found));
  expect(both?.chosen).toEqual({ numbers: new Map([[1, new Set([2])]]), exact: true });
});
