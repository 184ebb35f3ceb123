import { readFileSync, existsSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from '../../../shared/safe-file-name.ts';

test.each([
  ['relazione città.pdf', 'relazione città.pdf'],
  ['fattura.pdf.exe', 'fattura.pdf.exe'],
  // Would read as "fattura_exe.pdf".
  ['fattura_\u202Efdp.exe', 'fattura_fdp.exe'],
  ['a\u200Bb\uFEFFc.txt', 'abc.txt'],
  // Blanks that push the extension out of sight.
  ['foto.jpg                    \t .exe', 'foto.jpg .exe'],
  ['..\\..\\Windows\\win.ini', 'win.ini'],
  ['/etc/passwd', 'passwd'],
  ['C:evil.txt', 'C-evil.txt'],
  ['x.exe:Zone.Identifier', 'x.exe-Zone.Identifier'],
  ['con', '_con'],
  ['NUL.txt', '_NUL.txt'],
  ['com¹.pdf', '_com¹.pdf'],
  ['.bashrc', 'bashrc'],
  ['. .bashrc', 'bashrc'],
  ['file.exe. . .', 'file.exe'],
  ['riga\r\nnuova.txt', 'riga nuova.txt'],
  ['nul\0o.txt', 'nulo.txt'],
  ['\uD800.txt', '\uFFFD.txt'],
  ['...', 'part-2'],
  ['', 'part-2'],
  ['../..', 'part-2'],
])('makes of %j the name %j', (name, safe) => {
  expect(safeFileName(name, 'part-2')).toBe(safe);
});

test('keeps the extension, the last of several, in sight when a name is too long', () => {
  const safe = safeFileName(`${'a'.repeat(300)}.pdf.exe`, 'x');
  expect(safe).toMatch(/^a+….exe$|^a+…\.exe$/);
  expect(Array.from(safe)).toHaveLength(120);
  expect(safeFileName(`a.${'b'.repeat(300)}`, 'x')).toHaveLength(120);
});

/** What no file system, and no person, is to be given. */
function expectSafe(safe: string): void {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  expect(safe).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069<>:"/\\|?*]/u);
  expect(safe).not.toMatch(/^[. ]|[. ]$|^$/);
  expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
  expect(Array.from(safe).length).toBeLessThanOrEqual(121);
}

test('never gives a name that a system would refuse or misread', () => {
  const characters = fc.constantFrom('.', ' ', '/', '\\', ':', 'c', 'o', 'n', '1', '\u202E', '\0', 'à', '😀', '\uD800');
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(characters).map(each => each.join('')),
  );
  fc.assert(
    fc.property(anything, name => expectSafe(safeFileName(name, 'part-1'))),
    { numRuns: 2000 },
  );
});

const naughty = new URL('../../../../shared/fixtures/blns.txt', import.meta.url);
const hasNaughty = existsSync(naughty);
if (!hasNaughty) console.warn('skipped: the big list of naughty strings is not here');
test.skipIf(!hasNaughty)('stands the big list of naughty strings', () => {
  for (const line of readFileSync(naughty, 'utf8').split('\n')) expectSafe(safeFileName(line, 'part-1'));
});
