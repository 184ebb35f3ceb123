import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ansiFormat, unicode4kFormat, unicodeFormat } from './ndb/file-format.ts';
import { cryptMethods } from './ndb/decode-block.ts';
import { openPstSource } from './pst-source.ts';
import { fixture, fixtureFolder, haveFixtures, fixturesMissing } from './testing/fixtures.ts';
import { factsOf, haveReadpst, runReadpst } from './testing/readpst-oracle.ts';
import { readSource } from './testing/read-source.ts';
import type { ReadAll } from './testing/read-source.ts';
import { sampleStore } from './testing/sample-store.ts';

if (!haveFixtures) console.warn(fixturesMissing);
const installed = haveReadpst();
if (!installed) console.warn('readpst (pst-utils) is not installed: the comparison with it is skipped.');

/** Where the two differ in the number of items of a folder, and why. */
const differences: Readonly<Record<string, string>> = {
  'libpst_dist-list.pst Contacts': 'readpst skips distribution lists',
  'pstsdk_test_ansi.pst Folder': 'readpst skips IPM.Post',
  'pstsdk_test_unicode.pst (top)': 'readpst skips IPM.Post',
  'pstsdk_test_unicode.pst Folder': 'readpst skips IPM.Post',
};
/** Items that lie above every folder: here they have one of the store's own name, with readpst they lie in none. */
const tops = ['Outlook データ ファイルのトップ', 'Début du fichier de données Outlook', 'Top of Personal Folders'];
/** readpst takes a folder's name for Western where an ANSI file is Japanese. */
const named: Readonly<Record<string, RegExp>> = { 'hht_contacts97-2002.pst': /\(.*\)$/ };

/** Items by folder, of one reader. */
function perFolder(file: string, folders: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of folders) {
    const name = path.length === 0 || tops.includes(path.join('/')) ? '(top)' : path.join('/');
    const key = named[file]?.exec(name)?.[0] ?? name;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

async function readFile(path: string): Promise<ReadAll> {
  const source = await openPstSource(path);
  const all = await readSource(source);
  await source.close();
  return all;
}

/** Each message of readpst is one of ours: subject, date, sender, recipients, content of attachments. */
async function expectAgreement(ours: ReadAll, theirs: ReturnType<typeof runReadpst>, name: string): Promise<void> {
  const own = await Promise.all(ours.messages.map(message => factsOf(message.octets ?? Buffer.alloc(0))));
  for (const { name: fileName, octets } of theirs.filter(file => file.name.endsWith('.eml'))) {
    const other = await factsOf(octets);
    const agreeing = own.filter(
      facts =>
        facts.subject === other.subject &&
        // readpst gives a draft no date, and no address where ours may have one: drafts, Exchange names.
        (other.date === null || facts.date === other.date) &&
        (other.from === null || facts.from === other.from) &&
        other.to.every(address => facts.to.includes(address)) &&
        JSON.stringify(facts.attachments) === JSON.stringify(other.attachments),
    );
    expect.soft(agreeing.length, `${name} ${fileName}: ${JSON.stringify(other)}`).toBeGreaterThan(0);
  }
}

test.skipIf(!haveFixtures || !installed)('real files, item by item against readpst', { timeout: 120_000 }, async () => {
  const table: string[] = [];
  for (const name of readdirSync(fixtureFolder).filter(file => file.endsWith('.pst'))) {
    const ours = await readFile(fixture(name));
    const theirs = runReadpst(fixture(name));
    const own = perFolder(name, [
      ...ours.messages.map(({ folder }) => folder.split('/')),
      ...ours.items.map(({ folder }) => folder),
    ]);
    const other = perFolder(
      name,
      theirs.map(({ folder }) => folder),
    );
    expect
      .soft(
        ours.problems.filter(problem => !problem.startsWith('PST_PASSWORD_IGNORED')),
        name,
      )
      .toEqual([]);
    for (const folder of new Set([...own.keys(), ...other.keys()])) {
      const [here, there] = [own.get(folder) ?? 0, other.get(folder) ?? 0];
      const reason = differences[`${name} ${folder}`];
      table.push(`${name} | ${folder} | ${here} | ${there} | ${reason ?? ''}`);
      if (reason === undefined) expect.soft(here, `${name} ${folder}`).toBe(there);
      else expect.soft(here, `${name} ${folder}`).toBeGreaterThan(there);
    }
    await expectAgreement(ours, theirs, name);
  }
  console.info(['file | folder | items read here | by readpst | why', ...table].join('\n'));
});

/** No real file at hand has high encryption or 4K pages: readpst vouches that what tests write is such a file. */
const layouts = [ansiFormat, unicodeFormat, unicode4kFormat].flatMap(format =>
  Object.entries(cryptMethods).map(([crypt, method]) => ({ format, crypt, method })),
);

test.skipIf(!installed).each(layouts)(
  'a written file, $format.name with encryption $crypt, against readpst',
  { timeout: 60_000 },
  async ({ format, crypt, method }) => {
    const folder = mkdtempSync(join(tmpdir(), 'pst-layout-'));
    try {
      const path = join(folder, 'sample.pst');
      writeFileSync(path, sampleStore(format, method));
      const ours = await readFile(path);
      const theirs = runReadpst(path);
      expect(ours.problems).toEqual([]);
      expect(ours.messages.flatMap(message => message.record?.faults)).toEqual([]);
      expect(ours.messages).toHaveLength(62);
      expect(theirs).toHaveLength(62);
      await expectAgreement(ours, theirs, `${format.name} ${crypt}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

function havePython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const python = havePython();
if (!python) console.warn('python3 is not installed: the strict parsing of what is written is skipped.');

test.skipIf(!python)('Python parses every message without a defect', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pst-strict-'));
  try {
    const sample = join(folder, 'sample.pst');
    writeFileSync(sample, sampleStore(unicodeFormat, cryptMethods.permute));
    const real = haveFixtures ? readdirSync(fixtureFolder).filter(name => name.endsWith('.pst')) : [];
    for (const path of [sample, ...real.map(fixture)]) {
      const { messages } = await readFile(path);
      for (const [index, { octets }] of messages.entries()) {
        writeFileSync(join(folder, `${path.replaceAll(/\W/g, '_')}-${index}.eml`), octets ?? Buffer.alloc(0));
      }
    }
    const script = join(import.meta.dirname, 'testing/strict_email_parser.py');
    expect(execFileSync('python3', [script, folder], { encoding: 'utf8' })).toBe('');
    expect(readdirSync(folder).length).toBeGreaterThan(60);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
