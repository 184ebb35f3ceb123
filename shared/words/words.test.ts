import { expect, test } from 'vitest';
import { errorCodes, type ErrorCode, type Problem } from '../errors.ts';
import { explain, placeholderPattern, sentencesOf } from './explain.ts';
import { languages, type Language } from './language.ts';
import { placeholders } from './placeholders.ts';
import { gulpease, wordsOf } from './readability.ts';
import type { Sentences } from './sentences.ts';

const codes = Object.keys(errorCodes) as ErrorCode[];
const parts = ['happened', 'safe', 'now', 'desk'] as const;

/** Details as they occur: a host, a nested folder, a long file name. */
const sample: Problem['details'] = {
  host: 'imap.ente.it',
  port: 993,
  folder: 'Progetti/Anno 2019',
  name: 'Progetti-Anno 2019',
  file: 'data/mail/progetti-0007.mbox',
  other: 'data/mail/bozze-0008.mbox',
  path: 'E:\\Posta\\Archivio',
  version: 2,
  format: 'mbox',
  usedBytes: 24_900_000_000,
  limitBytes: 25_000_000_000,
  sizeBytes: 61_000_000,
  octets: 12_000,
  keyword: '$Progetto',
  argument: '--foldrs',
  address: 'anna@ente',
  kind: 'TypeError',
  scheme: 'tgz',
  reason: 'password-expired',
  pattern: 'Progeti*',
  line: 12,
  from: 'running',
};

function variants(code: ErrorCode, language: Language) {
  return [
    explain({ code, details: {} }, language),
    explain({ code, details: sample, retryAfterMs: 299_961 }, language),
  ];
}

function each(check: (code: ErrorCode, language: Language, sentences: Sentences) => string | null): readonly string[] {
  return languages.flatMap(language =>
    codes.flatMap(code => {
      const table: Readonly<Partial<Record<ErrorCode, Sentences>>> = sentencesOf[language];
      const sentences = table[code];
      const complaint = sentences === undefined ? 'no words' : check(code, language, sentences);
      return complaint === null ? [] : [`${language} ${code}: ${complaint}`];
    }),
  );
}

test('every code has its four sentences in every language, and nothing is left from a code that is gone', () => {
  expect(
    each((_, __, sentences) => (parts.every(part => sentences[part].trim() !== '') ? null : 'a part is empty')),
  ).toEqual([]);
  for (const language of languages) expect(Object.keys(sentencesOf[language]).sort()).toEqual([...codes].sort());
});

test('the four sentences together stay within 60 words, with details and without', () => {
  expect(
    each((code, language) => {
      const longest = Math.max(
        ...variants(code, language).map(words => wordsOf(parts.map(part => words[part]).join(' ')).length),
      );
      return longest <= 60 ? null : `${longest} words`;
    }),
  ).toEqual([]);
});

test('Italian reads easily: Gulpease 60 or more for what the person reads, and for the whole', () => {
  expect(
    each((code, language) => {
      if (language !== 'it') return null;
      const worst = Math.min(
        ...variants(code, language).flatMap(words => [
          gulpease(`${words.happened} ${words.safe} ${words.now}`),
          gulpease(parts.map(part => words[part]).join(' ')),
        ]),
      );
      return worst >= 60 ? null : `Gulpease ${worst.toFixed(1)}`;
    }),
  ).toEqual([]);
});

const jargon =
  /\b(?:imap|tls|ssl|sql|sqlite|uid|append|fetch|starttls|dns|tcp|sha|mime|oauth|token|socket|stack|exception|eccezione|bytes?|octets?|ottett[oi]|timeout|cache|hash|parsing|parser|query|thread|null|undefined|errno|e[a-z]+conn[a-z]*|login|server-side|flag|keyword|quota|manifest[o]?)\b/i;
const officialese =
  /\b(?:al fine di|suddett[oaie]|predett[oaie]|qualora|pertanto|nonché|mediante|provvedere|effettuare|procedere|presso|avvalersi|in merito a|onde|previa|tramite|utilizzare)\b/i;

test('what the person reads holds no jargon and no officialese', () => {
  expect(
    each((_, __, sentences) => {
      const text = `${sentences.happened} ${sentences.safe} ${sentences.now}`.replaceAll(
        placeholderPattern,
        '$<fallback>',
      );
      const found = jargon.exec(text) ?? officialese.exec(text);
      return found === null ? null : found[0];
    }),
  ).toEqual([]);
});

test('sentences are sentences: they begin with a capital or a name, and end', () => {
  expect(
    each((code, language) => {
      const bad = variants(code, language).flatMap(words =>
        parts
          .map(part => words[part])
          .filter(text => !/[.!?]$/.test(text) || /^\p{Ll}/u.test(text) || /\s{2}/.test(text)),
      );
      return bad[0] ?? null;
    }),
  ).toEqual([]);
});

test('placeholders are only those their code may use, each with something to say when the detail is missing', () => {
  expect(
    each((code, _, sentences) => {
      const allowed = placeholders[code] ?? [];
      for (const part of parts) {
        for (const match of sentences[part].matchAll(placeholderPattern)) {
          const { name, fallback } = match.groups ?? {};
          if (name === undefined || !allowed.includes(name)) return `{${name ?? '?'}} is not allowed`;
          if (fallback === undefined || fallback === '') return `{${name}} has no fallback`;
        }
        if (/[{}|]/.test(sentences[part].replaceAll(placeholderPattern, ''))) return 'a brace is left over';
      }
      return null;
    }),
  ).toEqual([]);
});

test('both languages name the same details', () => {
  const names = (sentences: Sentences) =>
    [
      ...new Set(
        parts.flatMap(part => [...sentences[part].matchAll(placeholderPattern)].map(match => match.groups?.['name'])),
      ),
    ].sort();
  for (const code of codes) expect([code, names(sentencesOf.en[code])]).toEqual([code, names(sentencesOf.it[code])]);
});

test('an allowed placeholder is used: the list tells throwers what to supply, and asks for nothing idle', () => {
  const idle = codes.flatMap(code =>
    (placeholders[code] ?? [])
      .filter(name => !parts.some(part => sentencesOf.it[code][part].includes(`{${name}|`)))
      .map(name => `${code} ${name}`),
  );
  expect(idle).toEqual([]);
});

test('details fill the sentences: host, wait, sizes in the reader’s own format', () => {
  const throttled = explain(
    { code: 'SERVER_THROTTLED', details: { host: 'outlook.office365.com' }, retryAfterMs: 299_961 },
    'it',
  );
  expect(throttled.happened).toBe('Il server outlook.office365.com chiede di andare più piano.');
  expect(throttled.now).toContain('tra 5\u00a0minuti');
  expect(throttled.deskCode).toBe('T-107');
  expect(throttled.desk).toMatch(/^Codice T-107\. /);

  const large = explain(
    { code: 'TARGET_MESSAGE_TOO_LARGE', details: { sizeBytes: 61_500_000, limitBytes: 45e6 } },
    'en',
  );
  expect(large.happened).toBe('A message is too large for the new mailbox.');
  expect(large.desk).toContain('61.5\u00a0MB, limit 45\u00a0MB');
  expect(explain({ code: 'SERVER_NOT_IMAP', details: { port: 8443 } }, 'it').desk).toContain('porta 8443');
});

test('the help desk hears the reason when it is a word of ours, and never a stranger’s text', () => {
  const desk = (reason: string) => explain({ code: 'SIGNIN_REFUSED', details: { reason } }, 'it').desk;
  expect(desk('password-expired')).toMatch(/^Codice T-301 \(password-expired\)\. /);
  expect(desk('Error: connect ECONNREFUSED 10.0.0.1')).toMatch(/^Codice T-301\. /);
  expect(desk('Error: connect ECONNREFUSED 10.0.0.1')).not.toContain('ECONNREFUSED');
});

test('a hostile name cannot move the cursor, turn the sentence round, or bury the advice', () => {
  const folder = `a\u001b[2Jb\u202ec\u2066\r\n${'x'.repeat(5000)}`;
  const { happened } = explain({ code: 'FOLDER_UNREADABLE', details: { folder } }, 'it');
  expect(happened).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  expect(happened.length).toBeLessThan(160);
  expect(explain({ code: 'FOLDER_UNREADABLE', details: { folder: '{host}' } }, 'it').happened).toContain('{host}');
  expect(explain({ code: 'FOLDER_UNREADABLE', details: { folder: '' } }, 'it').happened).toContain(
    'cartella richiesta',
  );
});
