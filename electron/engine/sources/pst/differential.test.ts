import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openPstSource } from './pst-source.ts';
import { fixture, fixtureFolder, haveFixtures, warnWithoutFixtures } from './testing/fixtures.ts';
import { factsOf, haveReadpst, runReadpst } from './testing/readpst-oracle.ts';
import { readSource } from './testing/read-source.ts';

warnWithoutFixtures();
const canCompare = haveFixtures && haveReadpst();
if (haveFixtures && !canCompare)
  console.warn('readpst (pst-utils) is not installed: the comparison with it is skipped.');

/** Where the two differ in the number of items, and why. */
const differences: Readonly<Record<string, string>> = {
  'libpst_dist-list.pst': 'readpst skips distribution lists',
  'pstsdk_test_ansi.pst': 'readpst skips IPM.Post',
  'pstsdk_test_unicode.pst': 'readpst skips IPM.Post',
};

test.skipIf(!canCompare)('item by item against readpst', { timeout: 120_000 }, async () => {
  const table: string[] = [];
  for (const name of readdirSync(fixtureFolder).filter(file => file.endsWith('.pst'))) {
    const source = await openPstSource(fixture(name));
    const ours = await readSource(source);
    await source.close();
    const theirs = runReadpst(fixture(name));
    const ownCount = ours.messages.length + ours.items.length;
    table.push(`${name} | ${ownCount} | ${theirs.length} | ${differences[name] ?? ''}`);

    expect.soft(ours.problems, name).toEqual([]);
    if (differences[name] === undefined) expect.soft(ownCount, name).toBe(theirs.length);
    else expect.soft(ownCount, name).toBeGreaterThan(theirs.length);

    const own = await Promise.all(ours.messages.map(message => factsOf(message.octets ?? Buffer.alloc(0))));
    for (const { name: fileName, octets } of theirs.filter(file => file.name.endsWith('.eml'))) {
      const other = await factsOf(octets);
      // readpst gives a draft no date.
      const same = own.filter(
        facts => facts.subject === other.subject && (other.date === null || facts.date === other.date),
      );
      expect.soft(same.length, `${name} ${fileName} "${other.subject}" ${other.date ?? ''}`).toBeGreaterThan(0);
      // Where readpst has no address, as in drafts and for Exchange names, ours may have one.
      const agreeing = same.filter(
        facts =>
          (other.from === null || facts.from === other.from) &&
          other.to.every(address => facts.to.includes(address)) &&
          JSON.stringify(facts.attachments) === JSON.stringify(other.attachments),
      );
      expect.soft(agreeing.length, `${name} ${fileName}: ${JSON.stringify({ other, same })}`).toBeGreaterThan(0);
    }
  }
  console.info(['file | items read here | by readpst | why', ...table].join('\n'));
});
