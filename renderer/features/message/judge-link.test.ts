import { expect, test } from 'vitest';
import { judgeLink } from './judge-link.ts';
import { unicodeLabel } from './punycode-label.ts';

test.each([
  ['javascript:alert(1)', 'script'],
  ['  JaVa\tScript:alert(1)', 'script'],
  ['\u0001javascript:alert(1)', 'script'],
  ['vbscript:msgbox', 'script'],
  ['data:text/html,<script>1</script>', 'script'],
  ['file:///etc/passwd', 'file'],
  ['file://server/share/x.exe', 'file'],
  ['C:\\Windows\\System32\\calc.exe', 'file'],
  ['smb://ladri.example/foto', 'share'],
  ['\\\\ladri.example\\foto', 'share'],
  ['//ladri.example/foto', 'share'],
  ['/\\ladri.example/foto', 'share'],
  ['ms-msdt:/id PCWDiagnostic', 'program'],
  ['search-ms:query=x', 'program'],
  ['tel:+39', 'program'],
  ['pagina.html', 'nowhere'],
  ['#sotto', 'nowhere'],
  ['', 'nowhere'],
])('%s is refused: %s', (raw, why) => {
  expect(judgeLink(raw, 'Apri', [])).toMatchObject({ kind: 'refused', why });
});

test('a plain link is opened without a warning, whatever stands as its text', () => {
  for (const text of ['Apri', 'www.inps.it', 'https://servizi.inps.it/x', 'ore 9.30', '']) {
    expect(judgeLink('https://www.inps.it/a?b=c', text, ['avvisi@inps.it'])).toEqual({
      kind: 'web',
      url: 'https://www.inps.it/a?b=c',
      host: 'www.inps.it',
      asciiHost: 'www.inps.it',
      warnings: [],
    });
  }
});

test.each([
  ['https://ladri.example/', 'www.inps.it', [], { kind: 'text-differs', shown: 'www.inps.it' }],
  ['https://ladri.example/', 'Entra su https://inps.it/accedi', [], { kind: 'text-differs', shown: 'inps.it' }],
  ['https://inps.it.ladri.com/', 'inps.it', [], { kind: 'text-differs', shown: 'inps.it' }],
  ['https://poste1taliane.it/', 'Entra', ['info@posteitaliane.it'], { kind: 'looks-like', known: 'posteitaliane.it' }],
  ['https://rnail.it/', 'Entra', ['info@mail.it'], { kind: 'looks-like', known: 'mail.it' }],
  ['https://іnps.it/', 'Entra', ['info@inps.it'], { kind: 'looks-like', known: 'inps.it' }],
  ['https://inpś.it/', 'Entra', ['info@inps.it'], { kind: 'looks-like', known: 'inps.it' }],
  ['https://www.inps.it@ladri.com/', 'Entra', [], { kind: 'user-part', pretended: 'www.inps.it' }],
  ['http://1.2.3.4/', 'Entra', [], { kind: 'number-address' }],
  ['http://0x7f.1/', 'Entra', [], { kind: 'own-network' }],
  ['http://[::1]/', 'Entra', [], { kind: 'own-network' }],
  ['http://router/', 'Entra', [], { kind: 'own-network' }],
  ['https://ente.it:8443/', 'Entra', [], { kind: 'odd-port', port: '8443' }],
  ['http://ente.it/', 'Entra', [], { kind: 'not-encrypted' }],
])('%s as "%s" is warned of', (raw, text, known, warning) => {
  const judged = judgeLink(raw, text, known);
  expect(judged).toMatchObject({ kind: 'web' });
  expect(judged.kind === 'web' ? judged.warnings : []).toContainEqual(warning);
});

test('a name in other letters is spelled out, with the letters named', () => {
  expect(judgeLink('https://аррӏе.com/', 'Apple', [])).toMatchObject({
    host: 'аррӏе.com',
    asciiHost: 'xn--80ak6aa92e.com',
    warnings: [{ kind: 'other-letters', scripts: ['Cyrillic'] }],
  });
});

test('mail addresses are shown, not opened', () => {
  expect(judgeLink('mailto:anna%40ente.it?subject=x', '', [])).toEqual({ kind: 'mail', addresses: 'anna@ente.it' });
});

test.each([
  ['xn--citt-3na', 'città'],
  ['xn--80ak6aa92e', 'аррӏе'],
  ['xn--fiqs8s', '中国'],
  ['xn--bcher-kva', 'bücher'],
  ['xn--mnchen-3ya', 'münchen'],
  ['xn--e1afmkfd', 'пример'],
  ['posta', 'posta'],
])('%s reads %s', (label, read) => {
  expect(unicodeLabel(label)).toBe(read);
});

test.each(['xn--', 'xn--99999999999999999999', 'xn--a-€', 'citta', 'xn--zzzzzzzzzz'])(
  'a broken label %s is let be',
  label => {
    expect(() => unicodeLabel(label)).not.toThrow();
  },
);
