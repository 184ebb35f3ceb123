import { expect, test } from 'vitest';
import fc from 'fast-check';
import { encodeModifiedUtf7 } from '../../imap/modified-utf7.ts';
import { nameProbes, nameRules, type ServerNaming } from './name-rules.ts';
import { nameKey, pathOfName, targetName } from './target-name.ts';

const plain: ServerNaming = { prefix: '', separator: '/', product: null, impossible: new Set() };
const slash = nameRules(plain);
const courier = nameRules({ ...plain, prefix: 'INBOX.', separator: '.' });
const zimbra = nameRules({ ...plain, product: 'Zimbra' });
const exchange = nameRules({ ...plain, product: 'Microsoft.Exchange.Imap4.Imap4Server' });

test('keeps a name the server can hold, under its prefix and separator', () => {
  expect(targetName(['Lavoro', 'Attività 2019'], slash)).toEqual({ name: 'Lavoro/Attività 2019', renamed: null });
  expect(targetName(['Lavoro', 'Attività 2019'], courier)).toEqual({
    name: 'INBOX.Lavoro.Attività 2019',
    renamed: null,
  });
});

test('names INBOX as itself whatever its case and the prefix, and puts its children below it', () => {
  expect(targetName(['inbox'], courier)).toEqual({ name: 'INBOX', renamed: null });
  expect(targetName(['Inbox', 'Clienti'], slash).name).toBe('INBOX/Clienti');
  expect(targetName(['INBOX', 'Clienti'], courier).name).toBe('INBOX.Clienti');
  expect(targetName(['Archivio', 'inbox'], slash).name).toBe('Archivio/inbox');
});

test.each([
  ['the separator', ['Fatture 2019/2020'], slash, 'Fatture 2019-2020', 'illegal-characters'],
  ['a dot where dots separate', ['v1.2'], courier, 'INBOX.v1-2', 'illegal-characters'],
  ['a slash where dots separate', ['a/b'], courier, 'INBOX.a-b', 'illegal-characters'],
  ['controls', ['a\tb\u0000c\u0085'], slash, 'a-b-c-', 'illegal-characters'],
  ['half a surrogate pair', ['x\ud83d'], slash, 'x-', 'illegal-characters'],
  ['a home directory', ['~mario'], slash, '-mario', 'reserved'],
  ['the parent directory', ['a', '..'], slash, 'a/--', 'reserved'],
  ['an empty segment', ['a', '', 'b'], slash, 'a/-/b', 'reserved'],
  ['no segment at all', [], slash, '-', 'reserved'],
  ['what Zimbra refuses', ['Re: "x" '], zimbra, 'Re- -x-', 'illegal-characters'],
  ['what Exchange refuses', [' a\\b '], exchange, 'a-b', 'illegal-characters'],
  ['what Exchange keeps to itself', ['Files'], exchange, 'Files-', 'reserved'],
] as const)('replaces %s', (_what, path, rules, name, reason) => {
  expect(targetName(path, rules)).toEqual({ name, renamed: { reason } });
});

test('leaves alone what only looks dangerous', () => {
  for (const name of ['.nascosta', 'a...b', ' spazi ', 'a%b*c', 'a"b\\c', 'R&D', 'cur', 'con', '😀', 'e\u0301']) {
    expect(targetName([name], slash)).toEqual({ name, renamed: null });
  }
});

test('obeys a server that says of a name that it cannot exist', () => {
  const layout = nameRules({ ...plain, impossible: new Set(['a.b', 'cur']) });
  expect(targetName(['v1.2', 'cur'], layout).name).toBe('v1-2/cur-');
  expect(nameProbes('/')).toEqual(['a.b', 'cur']);
});

test('shortens what is too long, and keeps two long names with one beginning apart', () => {
  const one = targetName([`${'è'.repeat(150)}1`], slash);
  const two = targetName([`${'è'.repeat(150)}2`], slash);
  expect(one.renamed).toEqual({ reason: 'too-long' });
  expect(one.name).toMatch(/^è{50,}-[0-9a-f]{8}$/);
  expect(one.name).not.toBe(two.name);
  expect(encodeModifiedUtf7(one.name).length).toBeLessThanOrEqual(255);
});

test('a tree too deep for Maildir++ keeps its upper levels whole', () => {
  const path = Array.from({ length: 12 }, (_, level) => `${String(level)}-${'x'.repeat(30)}`);
  const { name, renamed } = targetName(path, courier);
  expect(renamed).toEqual({ reason: 'too-long' });
  expect(name.startsWith(`INBOX.${path.slice(0, 5).join('.')}.`)).toBe(true);
  expect(name.length).toBeLessThanOrEqual(6 + 254);
});

test('any path at all gives a legal name, and one kept as it was leads back to its path', () => {
  const segment = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('..', '~', 'INBOX', '', ' ', 'a/b.c'),
  );
  fc.assert(
    fc.property(
      fc.array(segment, { maxLength: 6 }),
      fc.constantFrom(slash, courier, zimbra, exchange),
      (path, rules) => {
        const { name, renamed } = targetName(path, rules);
        expect(encodeModifiedUtf7(name)).toMatch(/^[\x20-\x7e]+$/);
        expect(name === 'INBOX' || name.startsWith(rules.prefix)).toBe(true);
        const levels = name.split(rules.separator ?? '/');
        expect(levels).not.toContain('');
        expect(levels).not.toContain('..');
        if (renamed === null && path[0]?.toUpperCase() !== 'INBOX') expect(pathOfName(name, rules)).toEqual(path);
      },
    ),
  );
});

test('knows which names are one folder to the server', () => {
  expect(nameKey('Ferie', exchange)).toBe(nameKey('FERIE', exchange));
  expect(nameKey('Ferie', slash)).not.toBe(nameKey('FERIE', slash));
  expect(nameKey('Inbox/Clienti', slash)).toBe(nameKey('INBOX/Clienti', slash));
});
