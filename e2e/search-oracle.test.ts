import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { askOracle, indexed, writeArchive } from './rig/search-archive.ts';
import type { OracleTerm } from './rig/search-archive.ts';
import { createTestDirectory } from './rig/test-directory.ts';

/** Mail as it is really written, and as it must not be: every charset, encoding and name form that search has to see through. */
const handmade: readonly Buffer[] = [
  utf8(
    'Subject: Otto bit',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Non so perché la città è vuota. L’ufficio è chiuso.',
  ),
  utf8(
    ...['Subject: =?iso-8859-1?Q?Perch=E9_s=EC?=', 'Content-Type: text/plain; charset=iso-8859-1'],
    ...[
      'Content-Transfer-Encoding: quoted-printable',
      '',
      "La riunione =E8 rinviata a luned=EC: l=\r\n'ordine del giorno resta.",
    ],
  ),
  utf8(
    ...['Subject: base64', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', ''],
    Buffer.from('PERCHÉ NO? La ﬁrma è ﬁnta, in Straße 5. Ｆｕｌｌ width.').toString('base64'),
  ),
  utf8(
    ...['Subject: solo HTML', 'Content-Type: text/html; charset=utf-8', ''],
    '<html><head><title>titolonascosto</title><style>.stilefinto{}</style></head><body><p>Il ver<b>bale</b> &egrave; pronto' +
      '<br>domani</p><script>scriptnascosto()</script><td>cella</td><td>vicina</td></body></html>',
  ),
  utf8(
    ...[
      'Subject: =?ISO-2022-JP?B?GyRCRWw1fiROMnE1RBsoQg==?=',
      'From: =?utf-8?B?5bGx55Sw5aSq6YOO?= <yamada@esempio.jp>',
    ],
    ...[
      'Content-Type: text/plain; charset=utf-8',
      '',
      '東京都庁の会議は明日です。ＰＤＦを見てください。서울에서 만나요',
    ],
  ),
  utf8(
    ...[
      'Subject: =?utf-8?Q?citt=C3?= =?utf-8?Q?=A0_divisa?=',
      'To: "Rossi, Mario" <mario@ente.it>, =?utf-8?Q?Niccol=C3=B2?= <nicco@ente.it>',
    ],
    ...[
      'Content-Type: multipart/mixed; boundary=xx',
      '',
      '--xx',
      'Content-Type: text/plain',
      '',
      'vedi allegati',
      '--xx',
    ],
    ...[
      "Content-Type: application/octet-stream; name*=UTF-8''attivit%C3%A0%20urgenti.bin",
      'Content-Disposition: attachment',
      '',
      'zz',
      '--xx',
    ],
    ...[
      'Content-Type: application/octet-stream',
      "Content-Disposition: attachment; filename*0*=UTF-8''delibera%20n%C2%B0;",
      ' filename*1="45 definitiva.dat"',
      '',
      'zz',
      '--xx',
    ],
    ...[
      'Content-Type: text/plain; charset=utf-8; name=appunti.txt',
      'Content-Disposition: attachment; filename=appunti.txt',
    ],
    ...['Content-Transfer-Encoding: base64', '', Buffer.from('appunto segretissimo però').toString('base64'), '--xx--'],
  ),
  utf8(
    ...[
      'Subject: con un messaggio dentro',
      'Content-Type: multipart/mixed; boundary=yy',
      '',
      '--yy',
      'Content-Type: text/plain',
      '',
      'ti giro questo',
      '--yy',
    ],
    ...[
      'Content-Type: message/rfc822; name=originale.eml',
      'Content-Disposition: attachment; filename=originale.eml',
      '',
      'Subject: =?utf-8?Q?Verit=C3=A0_nascosta?=',
    ],
    ...[
      'From: Zaira <zaira@altrove.it>',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'il testo interno è qui',
      '--yy--',
    ],
  ),
  utf8(
    ...[
      'Subject: alternativa vuota',
      'Content-Type: multipart/alternative; boundary=zz',
      '',
      '--zz',
      'Content-Type: text/plain',
      '',
      ' ',
      '--zz',
    ],
    ...['Content-Type: text/html; charset=utf-8', '', '<p>newsletter&nbsp;imperdibile</p>', '--zz--'],
  ),
  utf8(
    ...[
      'Subject: alternativa piena',
      'Content-Type: multipart/alternative; boundary=zz',
      '',
      '--zz',
      'Content-Type: text/plain',
      '',
      'testo semplice',
      '--zz',
    ],
    ...['Content-Type: text/html', '', '<p>soltanto in html</p>', '--zz--'],
  ),
  utf8('Subject: decomposto', 'Content-Type: text/plain; charset=utf-8', '', 'perche\u0301 la citta\u0300 dorme'),
  Buffer.from('Subject: senza charset\r\n\r\nper\xf2 \xe8 cos\xec, dall\x92ufficio\r\n', 'latin1'),
  Buffer.from(
    'Subject: fin\xe8 l\xec\r\nContent-Type: text/plain; charset=x-sconosciuto\r\n\r\nqualit\xe0\r\n',
    'latin1',
  ),
  Buffer.from('solo corpo senza intestazione\r\n'),
  Buffer.alloc(0),
];

function utf8(...lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join('\r\n')}\r\n`);
}

/** A question as a person types it, and what it means. */
const questions: readonly (readonly [query: string, ...terms: readonly OracleTerm[]])[] = [
  ['perche', any('perche')],
  ['PERCHÉ', any('perché')],
  ['citta', any('citta')],
  ["l'ufficio", any('ufficio')],
  ['ufficio', any('ufficio')],
  ['rinviata lunedi', any('rinviata'), any('lunedì')],
  ['"ordine del giorno"', any('ordine del giorno')],
  ['il verbale della riunione', any('verbale'), any('riunione')],
  ['verbale', any('verbale')],
  ['cella', any('cella')],
  ['scriptnascosto', any('scriptnascosto')],
  ['stilefinto', any('stilefinto')],
  ['titolonascosto', any('titolonascosto')],
  ['firma', any('firma')],
  ['strasse', any('strasse')],
  ['full', any('full')],
  ['東京', any('東京')],
  ['会議', any('会議')],
  ['京都', any('京都')],
  ['議', any('議')],
  ['東京都庁の会議', any('東京都庁の会議')],
  ['大阪', any('大阪')],
  ['서울', any('서울')],
  ['da:山田', { field: 'sender', text: '山田' }],
  ['oggetto:会議', { field: 'subject', text: '会議' }],
  ['oggetto:città', { field: 'subject', text: 'città' }],
  ['a:niccolo', { field: 'recipients', text: 'niccolo' }],
  ['a:"rossi mario"', { field: 'recipients', text: 'rossi mario' }],
  ['to:mario@ente.it', { field: 'recipients', text: 'mario ente it' }],
  ['allegato:attivita', { field: 'attachment', text: 'attivita' }],
  ['allegato:definitiva', { field: 'attachment', text: 'definitiva' }],
  ['allegato:segretissimo', { field: 'attachment', text: 'segretissimo' }],
  ['corpo:segretissimo', { field: 'body', text: 'segretissimo' }],
  ['segret*', any('segret', true)],
  ['allegato:verita', { field: 'attachment', text: 'verita' }],
  ['oggetto:verita', { field: 'subject', text: 'verita' }],
  ['zaira', any('zaira')],
  ['attachment:originale', { field: 'attachment', text: 'originale' }],
  ['newsletter imperdibile', any('newsletter'), any('imperdibile')],
  ['soltanto', any('soltanto')],
  ['pero', any('pero')],
  ['qualita', any('qualità')],
  ['corpo', any('corpo')],
  ['subject:fine -qualita', { field: 'subject', text: 'fine' }, { field: 'any', text: 'qualita', excluded: true }],
  ['documentaz*', any('documentaz', true)],
  ['"non può essere concessa"', any('non può essere concessa')],
  ['oggetto:giunta', { field: 'subject', text: 'giunta' }],
  ['da:niccolò sollecito', { field: 'sender', text: 'niccolo' }, any('sollecito')],
  ["d'amico", any('amico')],
  ['allegato:perche', { field: 'attachment', text: 'perché' }],
  ['allegato:"delibera n"', { field: 'attachment', text: 'delibera n' }],
  ['ferie -agosto', any('ferie'), { field: 'any', text: 'agosto', excluded: true }],
  ['2023', any('2023')],
  ['12.480,50', any('12.480,50')],
];

function any(text: string, prefix = false): OracleTerm {
  return { field: 'any', text, prefix };
}

describe('every answer is that of a reader who looks at each message', () => {
  const place = createTestDirectory('search-oracle');
  const archive = join(place.path, 'archivio');
  const engine = createEngine(defaultPorts());
  const generated = [...generateMailbox({ messages: 250, medianSize: 4000, largeShare: 0 })].map(
    ({ octets }) => octets,
  );
  const messages = [...handmade, ...generated];
  let truth: number[][] = [];
  beforeAll(async () => {
    await writeArchive(
      archive,
      messages.map(octets => ({ folder: ['INBOX'], octets })),
    );
    expect(await indexed(engine, archive)).toMatchObject({ phase: 'ready', messages: { done: messages.length } });
    truth = askOracle(
      place.path,
      messages,
      questions.map(([, ...terms]) => terms),
    );
  });
  afterAll(async () => {
    await engine.close();
    place.remove();
  });

  test.each(questions.map(([query], index) => ({ query, index })))('$query', async ({ query, index }) => {
    const found: number[] = [];
    for (;;) {
      const page = await engine.api['messages.search']({ archive, query, offset: found.length, limit: 200 });
      found.push(...page.hits.map(({ number }) => number - 1));
      expect(page.hint?.kind ?? 'nothing-found').toBe('nothing-found');
      if (found.length >= page.total) break;
    }
    expect(found.sort((a, b) => a - b)).toEqual(truth[index]);
  });

  test('the questions are worth asking: most find something, none finds all', () => {
    expect(truth.filter(found => found.length > 0).length).toBeGreaterThan(questions.length * 0.8);
    expect(truth.every(found => found.length < messages.length)).toBe(true);
  });

  test('what was found is marked in the snippet, accents or not, and never as markup', async () => {
    const { hits } = await engine.api['messages.search']({ archive, query: 'verbale' });
    const marked = hits.flatMap(({ snippet }) => snippet.filter(({ hit }) => hit).map(({ text }) => text));
    expect(marked).toContain('verbale');
    const perche = await engine.api['messages.search']({ archive, query: 'perche corpo:vuota' });
    expect(perche.hits[0]?.snippet.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['perché', 'vuota']);
    const attached = await engine.api['messages.search']({ archive, query: 'segretissimo' });
    expect(attached.hits[0]).toMatchObject({ snippetFrom: 'attachment' });
  });
});
