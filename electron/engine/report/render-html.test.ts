import { expect, test } from 'vitest';
import { reportSchema, type MigrationReport } from '../../../shared/model/report.ts';
import { languages } from '../../../shared/words/language.ts';
import { renderReportHtml } from './render-html.ts';
import { renderReportJson } from './render-json.ts';
import { completeReport, incompleteReport, partialReport } from './render-test-report.ts';

const samples = Object.entries({ completeReport, incompleteReport, partialReport });
const render = (report: MigrationReport, language: 'it' | 'en' = 'it') =>
  renderReportHtml(report, { language, timeZone: 'Europe/Rome' });

/** Stricter than a browser, which forgives: every tag known, closed in order, every attribute quoted, no stray `<`. */
function faultsIn(page: string): readonly string[] {
  const voidElements = new Set(['meta', 'br']);
  const known =
    /^(?:html|head|title|style|body|header|main|footer|section|h[123]|p|div|span|bdi|a|code|ul|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td)$/;
  const faults: string[] = [];
  const open: string[] = [];
  const withoutStyle = page.replace(/^<!doctype html>/, '').replace(/<style>[^<]*<\/style>/, '');
  for (const [text] of withoutStyle.matchAll(/<[^>]*>?/g)) {
    const tag = /^<(?<close>\/?)(?<name>[a-z0-9]+)(?<attributes>(?:\s+[a-z-]+="[^"<>]*")*)\s*\/?>$/.exec(text)?.groups;
    if (tag === undefined) faults.push(`malformed: ${text}`);
    else if (voidElements.has(tag['name'] ?? '')) continue;
    else if (!known.test(tag['name'] ?? '')) faults.push(`unexpected: ${text}`);
    else if (tag['close'] === '') open.push(tag['name'] ?? '');
    else if (open.pop() !== tag['name']) faults.push(`out of order: ${text}`);
  }
  for (const [text] of withoutStyle.matchAll(/&(?!(?:amp|lt|gt|quot|#39);).{0,10}/g)) faults.push(`bare: ${text}`);
  return [...faults, ...open.map(name => `never closed: ${name}`)];
}

const textOf = (page: string) =>
  page
    .replace(/<style>[^<]*<\/style>/, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');

test.each(samples)('%s is a valid report and comes back from its JSON as it was', (_, report) => {
  expect(reportSchema.parse(JSON.parse(renderReportJson(report)))).toEqual(report);
});

for (const language of languages) {
  test.each(samples)(`${language}: %s is well formed, with nothing unfilled`, (_, report) => {
    const page = render(report, language);
    expect(faultsIn(page)).toEqual([]);
    expect(page).toContain(`<html lang="${language}">`);
    expect(textOf(page)).not.toMatch(/\b(?:undefined|NaN|null)\b|\[object|Invalid Date|[{}]/);
  });
}

test('the checker itself sees a fault', () => {
  expect(faultsIn('<p>a<b</p>')).not.toEqual([]);
  expect(faultsIn('<p><bdi></p></bdi>')).not.toEqual([]);
  expect(faultsIn('<p title=x>a & b</p>')).toHaveLength(3);
});

test('the page says first how it ended, with the figures of the report', () => {
  const opening = (report: MigrationReport) => /<p class="sentence">([^<]*)</.exec(render(report))?.[1];
  expect(opening(completeReport)).toBe(
    'Tutti i 3.778 messaggi trovati sono nell’archivio e sono stati controllati, uno per uno, nella nuova casella.',
  );
  expect(opening(partialReport)).toMatch(/^Messaggi trovati: 24\.994\. Controllati nella nuova casella: 24\.985\./);
  expect(opening(incompleteReport)).toMatch(
    /^Il lavoro non è arrivato in fondo\. .*9\.412\. .*5\.020\. Controllati: non ancora\.$/,
  );
  expect(textOf(render(completeReport))).toContain('I messaggi di partenza non sono stati toccati');
});

test('contacts and calendars are told in sentences beside the messages, and without them where there is no mail', () => {
  const counts = { found: 5, stored: 5, bytes: 900, toCarry: 5, uploaded: 4, alreadyPresent: 0 };
  const items: MigrationReport['items'] = [
    { kind: 'contact', path: ['Rubrica'], ...counts, setAside: 1, verified: 3, differs: 1, missing: 0, byHand: 0 },
    { kind: 'file', path: ['Documenti'], ...counts, setAside: 0, verified: 0, byHand: 5 },
  ];
  const beside = textOf(render({ ...partialReport, items }));
  expect(beside).toContain('Messaggi trovati: 24.994.');
  expect(beside).toContain('uguali all’archivio, campo per campo: contatti (3). Da portare a mano: file (5).');
  expect(beside).toContain('Rubrica contatti 4 0 3 1 1 0 0');

  const totals = { ...partialReport.totals, ...{ found: null, stored: null, uploaded: null, verified: null } };
  const archiveCheck = { finished: partialReport.created, verified: 0, problems: 0 };
  const verification = partialReport.verification && { ...partialReport.verification, byOctets: 0, byParts: 0 };
  const alone = textOf(
    render({ ...partialReport, items, totals, verification, archiveCheck, folders: [], exceptions: [] }),
  );
  expect(alone).toContain('Il lavoro è finito.');
  expect(alone).not.toMatch(/\b0 messaggi|Messaggi trovati|Quanti messaggi/);
});

test('each difference is explained in the row of its folder, and no row with a difference is left without a word', () => {
  const rowOf = (report: MigrationReport, name: string) =>
    textOf(
      render(report)
        .split('<tr')
        .find(row => row.includes(`<bdi>${name}</bdi>`)) ?? '',
    );
  expect(rowOf(partialReport, 'Posta inviata')).toMatch(/9\.412 .*9\.405/);
  expect(rowOf(partialReport, 'Posta inviata')).toContain('7 messaggi: troppo grandi per la nuova casella (T-602)');
  expect(rowOf(partialReport, 'INBOX')).toContain('12 messaggi: già presenti nella nuova casella');
  expect(rowOf(partialReport, 'Posta indesiderata')).toContain('Rimasta fuori per tua scelta');
  expect(rowOf(completeReport, 'Bozze')).not.toContain('messaggi');

  const folders = partialReport.folders.map(folder => ({ ...folder, differences: [] }));
  expect(rowOf({ ...partialReport, folders }, 'Posta inviata')).toContain('non tornano');
});

test('a phase that has not run shows no number', () => {
  const page = textOf(render(incompleteReport));
  expect(page).toContain('4.392 messaggi: in attesa');
  expect(page).toMatch(/Controllati – non ancora/);
  expect(page).not.toContain('Caricati');
});

test('every exception is named and explained in four sentences; those of one kind and folder once for all', () => {
  const text = textOf(render(partialReport));
  for (const { message } of partialReport.exceptions) {
    if (message?.subject !== null && message?.subject !== undefined) expect(text).toContain(message.subject);
    if (message?.sha256 !== null && message?.sha256 !== undefined) expect(text).toContain(message.sha256);
    if (message?.file !== null && message?.file !== undefined) expect(text).toContain(message.file);
  }
  expect(text).toContain('Messaggi interessati: 7');
  expect(text.match(/Un messaggio è troppo grande per la nuova casella\./g)).toHaveLength(1);
  expect(text).toContain('Codice T-602. Messaggio di 61,5 MB, limite 45 MB.');
  expect(text).toContain('Il messaggio è al sicuro nell’archivio, identico all’originale.');
});

test('what is not the same for all messages of a group is not said of all', () => {
  const exceptions = partialReport.exceptions.map((exception, index) =>
    exception.problem.code === 'TARGET_MESSAGE_TOO_LARGE'
      ? {
          ...exception,
          problem: { ...exception.problem, details: { sizeBytes: 60e6 + index * 1e6, limitBytes: 45e6 } },
        }
      : exception,
  );
  expect(textOf(render({ ...partialReport, exceptions }))).toContain('Messaggio di misura non nota, limite 45 MB.');
});

test('anyone can check it again: the seal, and the commands for it', () => {
  const text = textOf(render(partialReport));
  for (const needed of [
    partialReport.archive.sealed?.sha256 ?? '',
    'sha256sum -c manifest-sha256.txt',
    'travaso verify --archive',
    'BagIt',
  ]) {
    expect(text).toContain(needed);
  }
  expect(textOf(render(incompleteReport))).toContain('L’archivio non è ancora chiuso');
});

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title><svg/onload=alert(1)>',
  'fattura\u202egpj.exe',
  'a\u0000b\u001b[2J\u0085\ufffe',
  '\ud800 half a letter',
  '&lt;already&gt; &amp; &#x3c;',
  '${7*7} {{7*7}}',
  'ראש\u200f <b>',
];

test.each(hostile)('hostile names stay text: %j', text => {
  const report: MigrationReport = {
    ...partialReport,
    product: { name: text, version: text },
    archive: { ...partialReport.archive, name: text },
    sources: [text],
    target: text,
    folders: partialReport.folders.map((folder, index) => ({ ...folder, path: [text, `${text}${index}`] })),
    exceptions: partialReport.exceptions.map(exception => ({
      ...exception,
      problem: { ...exception.problem, details: { folder: text, name: text, keyword: text, host: text } },
      folder: [text],
      message: { id: text, subject: text, from: text, date: text, sha256: 'a'.repeat(64), file: `messaggi/${text}` },
    })),
    renamedFolders: [{ path: [text], targetName: text, reason: 'reserved' }],
    lostKeywords: [{ keyword: text, folder: [text], messages: 1 }],
  };
  const page = render(report);
  expect(faultsIn(page)).toEqual([]);
  expect(page).not.toMatch(/<(?:script|img|svg)|\son[a-z]+\s*=\s*"/i);
  // Every direction override stands inside an element that isolates it.
  expect(page.replaceAll(/<bdi>[^<]*<\/bdi>/g, '').replaceAll(/href="[^"]*"/g, '')).not.toMatch(
    /[\u202a-\u202e\u200f]/,
  );
});

test('the link to an exported message stays beside the report', () => {
  const linkTo = (file: string) => {
    const [first] = partialReport.exceptions;
    const message = { id: '1', subject: 's', from: null, date: null, sha256: null, file };
    const exceptions = first === undefined ? [] : [{ ...first, message }];
    return /<a href="([^"]*)"/.exec(render({ ...partialReport, exceptions }))?.[1];
  };
  expect(linkTo('messaggi/10233.eml')).toBe('./messaggi/10233.eml');
  expect(linkTo('javascript:alert(1)')).toBe('./javascript%3Aalert(1)');
  expect(linkTo('//evil.example/x')).toBe('./evil.example/x');
  expect(linkTo('../../etc/passwd')).toBe('./etc/passwd');
});

test('the page fetches nothing and runs nothing', () => {
  const page = render(partialReport);
  expect(page).toContain("default-src 'none'; style-src 'sha256-".replaceAll("'", '&#39;'));
  expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|https?:\/\//);
});

test('tables tell a screen reader what each cell belongs to; headings go down one step at a time', () => {
  const page = render(partialReport);
  const tables = page.match(/<table>/g)?.length ?? 0;
  expect(tables).toBeGreaterThan(5);
  expect(page.match(/<caption id=/g)).toHaveLength(tables);
  expect(page.match(/<th(?: |>)/g)).toHaveLength(page.match(/<th scope="(?:row|col)"/g)?.length ?? 0);
  const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  expect(levels.filter(level => level === 1)).toHaveLength(1);
  levels.reduce((before, level) => {
    expect(level).toBeLessThanOrEqual(before + 1);
    return level;
  }, 0);
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, id] of page.matchAll(/aria-labelledby="([^"]*)"/g)) expect(ids).toContain(id);
});

test('the same data gives the same page', () => {
  expect(render(partialReport)).toBe(render(structuredClone(partialReport)));
});

test('times are on the clock of the zone, which the page names', () => {
  expect(textOf(render(partialReport))).toContain('22/11/2026 07:15 (ore del fuso Europe/Rome)');
  const tokyo = renderReportHtml(partialReport, { language: 'en', timeZone: 'Asia/Tokyo' });
  expect(textOf(tokyo)).toContain('22/11/2026 15:15 (times in the Asia/Tokyo zone)');
});
