import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readItems } from './testing/read-items.ts';

const card = (...lines: readonly string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');

describe('a file of vCards', () => {
  test('gives each card once, in its order, whatever lies between them', async () => {
    const file = `\uFEFF${card('FN:Anna')}\r\n\r\n${card('FN:Bruno')}${card('FN:Carla').toLowerCase()}`;
    const { items, told, problems } = await readItems({ 'Rubrica di lavoro.vcf': file });
    expect(told).toEqual([['contact', 'Rubrica di lavoro', 3]]);
    expect(items.map(({ name, problem }) => [name, problem])).toEqual([
      ['Anna', null],
      ['Bruno', null],
      ['carla', null],
    ]);
    expect(problems).toEqual([]);
  });

  test('a card that never ends, lines that belong to none and a cut file: each named with its line, and as it came', async () => {
    const file = `${card('FN:Anna')}BEGIN:VCARD\r\nFN:Senza fine\r\n${card('FN:Bruno')}che cos’è?\r\n${card('FN:C')}BEGIN:VCARD\r\nFN:Tagl`;
    const { items } = await readItems({ 'a.vcf': file });
    expect(items.map(({ name, problem }) => [name, problem?.code ?? null, problem?.details['line'] ?? null])).toEqual([
      ['Anna', null, null],
      ['Senza fine', 'ITEM_MALFORMED', 6],
      ['Bruno', null, null],
      ['', 'ITEM_MALFORMED', 11],
      ['C', null, null],
      ['Tagl', 'ITEM_MALFORMED', 17],
    ]);
    expect(items[1]?.octets.toString()).toBe('BEGIN:VCARD\r\nFN:Senza fine\r\n');
    expect(items[3]?.octets.toString()).toBe('che cos’è?\r\n');
    expect(items[5]?.octets.toString()).toBe('BEGIN:VCARD\r\nFN:Tagl');
  });

  test('the line of a broken card is that of the file', async () => {
    const { items } = await readItems({ 'a.vcf': `${card('FN:Anna')}${card('FN:Bruno', 'rotta')}` });
    expect(items[1]).toMatchObject({
      name: 'Bruno',
      problem: { code: 'ITEM_MALFORMED', details: { folder: 'a', kind: 'contact', line: 8 } },
    });
  });

  test('a contact without a name is named and kept', async () => {
    const { items } = await readItems({ 'a.vcf': card('N:;;;;', 'NOTE:x') });
    expect(items).toMatchObject([{ name: '', problem: { code: 'ITEM_NAMELESS', details: { folder: 'a' } } }]);
    expect(items[0]?.lines).toContain('NOTE:x');
  });

  test('UTF-16, and an encoding that nothing declares, which is said', async () => {
    const wide = Buffer.from(`\uFEFF${card('FN:Però 🌻')}`, 'utf16le');
    const big = Buffer.from(wide).swap16();
    for (const file of [wide, big]) {
      const { items, problems } = await readItems({ 'a.vcf': file });
      expect([items.map(({ name }) => name), problems]).toEqual([['Però 🌻'], []]);
    }
    const old = await readItems({ 'a.vcf': Buffer.from(card('FN:Per\xf2'), 'latin1') });
    expect(old.items.map(({ name }) => name)).toEqual(['Però']);
    expect(old.problems).toEqual([
      { code: 'TEXT_ENCODING_ASSUMED', details: { file: 'a.vcf', encoding: 'Windows-1252' } },
    ]);
    const declared = card('FN;CHARSET=ISO-8859-1:Per\xf2').replace('3.0', '2.1');
    expect((await readItems({ 'a.vcf': Buffer.from(declared, 'latin1') })).problems).toEqual([]);
  });

  test('keys: the UID, else who it is; a new number is the same contact, a namesake is another', async () => {
    const keys = async (...cards: readonly string[]) =>
      (await readItems({ 'a.vcf': cards.join('') })).items.map(({ key }) => key);
    expect(await keys(card('UID:u-1', 'FN:a'), card('FN:b'))).toEqual(['u-1', expect.stringMatching(/^[0-9a-f]{32}$/)]);
    const [before] = await keys(card('FN:Anna', 'TEL:1'));
    expect(await keys(card('FN:Zoe'), card('FN:Anna', 'TEL:2'))).toContain(before);
    expect(await keys(card('FN:Anna', 'TEL:1'), card('FN:Anna', 'TEL:2'))).toEqual([before, `${before ?? ''}.2`]);
  });
});

test('no octet of a file is lost, however it is broken; another way of reading gives the same', async () => {
  const line = fc.constantFrom(
    'BEGIN:VCARD',
    'END:VCARD',
    'VERSION:3.0',
    'FN:Anna',
    'TEL:1',
    ' seguito',
    '',
    'senza senso',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 24 }), async lines => {
      const file = ['BEGIN:VCARD', 'FN:Prima', ...lines].join('\r\n');
      const { items } = await readItems({ 'a.vcf': file });
      // Every line that says anything is in exactly one item: by their raw octets, or made to vCard 4.0.
      const names = lines.filter(each => each === 'FN:Anna').length + 1;
      const told = items.flatMap(({ lines: own, octets, problem }) =>
        (problem?.code === 'ITEM_MALFORMED' ? octets.toString().split('\r\n') : own).filter(each =>
          /^FN:(?:Anna|Prima)/.test(each),
        ),
      );
      expect(told).toHaveLength(names);
      expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
      const forward = await readItems({ 'a.vcf': file }, { randomAccess: false });
      expect(forward.items.map(({ octets }) => octets.toString())).toEqual(
        items.map(({ octets }) => octets.toString()),
      );
    }),
  );
});
