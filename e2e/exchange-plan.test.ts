import { expect, test } from 'vitest';
import { openArchive } from '../electron/engine/archive/archive.ts';
import { buildReport } from '../electron/engine/report/build-report.ts';
import { archiveOf, mail, testPorts } from '../electron/engine/testing/test-archive.ts';
import type { ScriptedFolder, ScriptedMessage } from '../electron/engine/testing/scripted-source.ts';
import { describePlan } from '../electron/hosts/cli/describe-plan.ts';
import { officeMessage, problemsOf, startExchangeRig } from './exchange-rig.ts';

const inbox = (messages: readonly ScriptedMessage[]): ScriptedFolder => ({ path: ['INBOX'], role: 'inbox', messages });
const broken = {
  line: { key: '1', octets: `Message-ID: <1@e>\r\nSubject: riga lunga\r\n\r\n${'parola '.repeat(3000)}\r\n` },
  nul: { key: '2', octets: 'Message-ID: <2@e>\r\nSubject: nul\r\n\r\nuno\0due\r\n' },
  header: { key: '3', octets: Buffer.from('Message-ID: <3@e>\r\nSubject: Città\r\n\r\ntesto\r\n').toString('latin1') },
  signed: {
    key: '4',
    octets: `Message-ID: <4@e>\r\nSubject: firmato\r\nContent-Type: multipart/signed; boundary=f\r\n\r\n--f\r\n\r\nuno\0due\r\n--f\r\n\r\nfirma\r\n--f--\r\n`,
  },
};
const large = mail('5', 'grande', { octets: `Subject: grande\r\n\r\n${'riga\r\n'.repeat(7_000_000)}` });
const troubled: readonly ScriptedMessage[] = [broken.line, broken.nul, broken.header, broken.signed];

test('the plan names each message the server will refuse, with what helps; nothing is sent', async () => {
  const rig = await startExchangeRig();
  const root = await archiveOf([inbox([...troubled, large, officeMessage('6', { keywords: ['$Forwarded'] })])]);
  const { outcome, status } = await rig.upload(root, { dryRun: true });
  expect(status).toBe('succeeded');
  const { plan } = outcome;
  if (plan === undefined) throw new Error('no plan');
  expect(plan.refusals.map(({ subject, problem, remedy }) => [subject, problem.code, remedy])).toEqual([
    ['riga lunga', 'TARGET_LINE_TOO_LONG', 'repair'],
    ['nul', 'TARGET_NUL_OCTET', 'repair'],
    ['Città', 'TARGET_HEADER_EIGHT_BIT', 'repair'],
    ['firmato', 'TARGET_NUL_OCTET', 'signed'],
    ['grande', 'TARGET_MESSAGE_TOO_LARGE', 'archive'],
  ]);
  expect(plan).toMatchObject({
    messages: 1,
    lostKeywords: [{ keyword: '$Forwarded', folder: ['INBOX'], messages: 1 }],
    estimate: { seconds: 0.25, messagesPerSecond: 4, basis: 'permitted' },
  });
  expect(rig.fake.state.commands.filter(line => /^(?:APPEND|CREATE)/.test(line))).toEqual([]);
  const said = describePlan(plan, 'it').join('\n');
  expect(said).toContain('“firmato”');
  expect(said).toContain('--repair');
  expect(said).toContain('$Forwarded');
});

test('what the plan foretells is what is refused: nothing more, nothing less', async () => {
  const rig = await startExchangeRig();
  const root = await archiveOf([inbox([...troubled, officeMessage('6')])]);
  const { outcome } = await rig.upload(root, { dryRun: true });
  const run = await rig.upload(root);
  expect(run).toMatchObject({ status: 'partial', figures: { uploaded: 1, setAside: 4 } });
  expect(problemsOf(run)).toEqual(outcome.plan?.refusals.map(({ problem, number }) => [problem.code, number]));
  // Foreseen: no error was spent on them.
  expect(rig.fake.state.connections.map(({ errors }) => errors)).toEqual([0, 0]);
});

test('with consent a repaired copy goes up, is recorded and proved; signed mail is not touched', async () => {
  const rig = await startExchangeRig({
    // An answer lost on a repaired copy is settled by that copy, not by the original.
    trouble: ({ verb, nth }) => (verb === 'APPEND' && nth % 5 === 0 ? 'reply-lost' : 'none'),
  });
  const root = await archiveOf([inbox([...troubled, officeMessage('6'), officeMessage('7')])]);
  const { outcome } = await rig.upload(root, { dryRun: true, repair: true });
  expect(outcome.plan?.repaired.map(({ subject, problem }) => [subject, problem.details['repairs']])).toEqual([
    ['riga lunga', 'long-line'],
    ['nul', 'nul'],
    ['Città', 'eight-bit-header'],
  ]);
  const run = await rig.upload(root, { repair: true });
  expect(run).toMatchObject({ status: 'partial', figures: { uploaded: 5, setAside: 1 } });
  expect(problemsOf(run).toSorted(([, a], [, b]) => (a ?? 0) - (b ?? 0))).toEqual([
    ['TARGET_MESSAGE_REPAIRED', 1],
    ['TARGET_MESSAGE_REPAIRED', 2],
    ['TARGET_MESSAGE_REPAIRED', 3],
    ['TARGET_NUL_OCTET', 4],
  ]);
  expect(rig.fake.state.store.find('INBOX')?.mail).toHaveLength(5);
  expect(await rig.verify(root)).toMatchObject({ figures: { found: 6, verified: 5, setAside: 1 } });

  const archive = await openArchive(root, 'read', testPorts());
  try {
    const report = await buildReport({ archive, created: new Date(0), messageFolder: 'messages' });
    const repaired = report.exceptions.filter(({ problem }) => problem.code === 'TARGET_MESSAGE_REPAIRED');
    expect(repaired.map(({ message, problem }) => [message?.subject, problem.details['repairs']])).toEqual([
      ['riga lunga', 'long-line'],
      ['nul', 'nul'],
      ['Città', 'eight-bit-header'],
    ]);
    // The report names the original by its hash, and the copy by its own.
    for (const { message, problem } of repaired) expect(message?.sha256).not.toBe(problem.details['sha256']);
  } finally {
    archive.close();
  }
});

test('folders go where Exchange can hold them: roles by attribute, names made legal, cases merged, nothing in Calendario', async () => {
  const rig = await startExchangeRig();
  const one = (nth: number): readonly ScriptedMessage[] => [officeMessage(String(nth))];
  const root = await archiveOf([
    { path: ['Bozze vecchie'], role: 'drafts', messages: one(1) },
    { path: ['Lavoro'], messages: one(2) },
    { path: ['LAVORO'], messages: one(3) },
    { path: ['LAVORO', 'Ferie'], messages: one(4) },
    { path: ['lavoro', 'ferie'], messages: one(5) },
    { path: [' a/b\\c '], messages: one(6) },
    { path: ['Files'], messages: one(7) },
    { path: ['Calendario'], messages: one(8) },
    { path: ['Progetti', 'Note'], messages: one(9) },
    { path: ['Città & paesi'], messages: one(10) },
  ]);
  const run = await rig.upload(root);
  expect(run).toMatchObject({ status: 'succeeded', figures: { uploaded: 10, setAside: 0 } });
  const held = rig.fake.state.store.folders.flatMap(({ name, mail }) =>
    mail.length === 0 ? [] : [[name, mail.length]],
  );
  expect(held).toEqual([
    ['Bozze', 1],
    ['Lavoro', 2],
    ['Lavoro/Ferie', 2],
    ['a-b-c', 1],
    ['Files-', 1],
    ['Calendario (2)', 1],
    ['Progetti/Note', 1],
    ['Città & paesi', 1],
  ]);
  expect(
    run.exceptions.map(({ problem }) => [problem.code, problem.details['folder'], problem.details['name']]),
  ).toEqual([
    ['TARGET_FOLDER_MERGED', 'LAVORO', 'Lavoro'],
    ['TARGET_FOLDER_MERGED', 'lavoro/ferie', 'LAVORO/Ferie'],
    ['TARGET_FOLDER_RENAMED', ' a/b\\c ', 'a-b-c'],
    ['TARGET_FOLDER_RENAMED', 'Files', 'Files-'],
    ['TARGET_FOLDER_RENAMED', 'Calendario', 'Calendario (2)'],
  ]);
  // No name was tried in vain.
  expect(rig.fake.state.connections.map(({ errors }) => errors)).toEqual([0]);
  expect(await rig.verify(root)).toMatchObject({ status: 'succeeded', figures: { verified: 10 } });
  expect(await rig.upload(root)).toMatchObject({ status: 'succeeded', figures: { uploaded: 0, alreadyPresent: 10 } });
});
