import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import type { MessageView } from '../shared/model/message-view.ts';
import { messageViewSchema } from '../shared/model/message-view.ts';
import { writeArchive } from './rig/search-archive.ts';
import { createTestDirectory } from './rig/test-directory.ts';
import { tnefFile } from './rig/tnef-file.ts';

const place = createTestDirectory('read-message');
const marked: string[] = [];
const engine = createEngine(
  defaultPorts({
    markFromInternet: path => {
      marked.push(path);
      return Promise.resolve();
    },
  }),
);
afterAll(async () => {
  await engine.close();
  place.remove();
});

let archives = 0;
/** An archive of these messages in one folder, numbered from 1. */
async function archiveOf(...messages: readonly (string | Buffer)[]): Promise<string> {
  archives += 1;
  const root = join(place.path, `archivio-${archives}`);
  await writeArchive(
    root,
    messages.map(octets => ({ folder: ['INBOX'], octets: Buffer.from(octets) })),
    archives % 2 === 0 ? 'mbox' : 'eml',
  );
  return root;
}

type Wish = Partial<{ inside: string[]; pec: 'inner' | 'envelope' }>;
async function readIn(archive: string, number = 1, wish: Wish = {}): Promise<MessageView> {
  const view = await engine.api['message.read']({ archive, folder: 1, number, ...wish });
  return messageViewSchema.parse(view);
}
const read = async (octets: string | Buffer): Promise<MessageView> => await readIn(await archiveOf(octets));

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const base64 = (octets: string | Buffer): string =>
  Buffer.from(octets).toString('base64').replaceAll(/.{76}/g, '$&\r\n');

describe('an ordinary message', () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex');
  const octets = crlf(`From: =?utf-8?Q?Niccol=C3=B2?= <n@ente.it>
To: "Rossi, Anna" <anna@ente.it>, bruno@ente.it
Cc: colleghi: carla@ente.it;
Reply-To: ufficio@ente.it
Subject: =?utf-8?Q?Perch=C3=A9?= =?utf-8?Q?_no?=
Date: Wed, 4 Mar 2026 09:15:00 +0100 (CET)
Message-ID: <uno@ente.it>
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=iso-8859-15
Content-Transfer-Encoding: quoted-printable

Citt=E0 e =A4 5
--a
Content-Type: multipart/related; boundary=r

--r
Content-Type: text/html; charset=utf-8

<p>Città <img src="cid:logo%40ente"></p><script>fuori()</script>
--r
Content-Type: image/png
Content-ID: <logo@ente>
Content-Transfer-Encoding: base64

${base64(png)}
--r
Content-Type: image/svg+xml
Content-ID: <altro@ente>

<svg onload="x()"/>
--r--
--a--
--m
Content-Type: application/octet-stream; name*=utf-8''fattura%E2%80%AEfdp.exe
Content-Transfer-Encoding: base64

${base64('MZ')}
--m--
`);

  test('is told in full', async () => {
    const view = await read(octets);
    expect(view).toMatchObject({
      ...{ folder: 1, number: 1, inside: [], size: Buffer.byteLength(octets), absent: false, problems: [] },
      sha256: createHash('sha256').update(octets).digest('hex'),
      headers: {
        subject: 'Perché no',
        from: [{ name: 'Niccolò', address: 'n@ente.it' }],
        to: [
          { name: 'Rossi, Anna', address: 'anna@ente.it' },
          { name: '', address: 'bruno@ente.it' },
        ],
        cc: [{ name: '', address: 'carla@ente.it' }],
        replyTo: [{ name: '', address: 'ufficio@ente.it' }],
        ...{ bcc: [], date: '2026-03-04T08:15:00.000Z', messageId: '<uno@ente.it>' },
      },
      text: { body: 'Città e € 5', cut: false },
      images: [{ contentId: 'logo@ente', type: 'image/png', data: png.toString('base64') }],
      ...{ signature: null, pec: null },
    });
    // Not cleaned: that is for whoever shows it.
    expect(view.html?.body).toContain('<script>');
    expect(view.parts.map(({ part, name, inline, octets: size }) => [part, name, inline, size])).toEqual([
      ['1.2.2', 'part-1.2.2.png', true, 8],
      ['1.2.3', 'part-1.2.3', false, 19],
      // Without the sign that would show it as `fatturaexe.pdf`.
      ['2', 'fatturafdp.exe', false, 2],
    ]);
  });

  test('gives its source page by page', async () => {
    const archive = await archiveOf(octets);
    let text = '';
    for (let offset: number | null = 0; offset !== null;) {
      const page = await engine.api['message.source']({ archive, folder: 1, number: 1, offset, limit: 300 });
      expect(page.octets).toBe(Buffer.byteLength(octets));
      text += page.text;
      offset = page.next;
    }
    expect(text).toBe(octets);
    const head = await engine.api['message.source']({ archive, folder: 1, number: 1, headersOnly: true });
    expect(head.text).toBe(octets.slice(0, octets.indexOf('\r\n\r\n') + 4));
  });

  test('saves an attachment as a new file, marked, and never over another', async () => {
    const archive = await archiveOf(octets);
    const to = join(place.path, 'salvato.exe');
    const wish = { archive, folder: 1, number: 1, part: '2', to };
    expect(await engine.api['message.savePart'](wish)).toEqual({ written: 2 });
    expect(readFileSync(to, 'latin1')).toBe('MZ');
    expect(marked).toContain(to);
    writeFileSync(to, 'altro');
    await expect(engine.api['message.savePart'](wish)).rejects.toMatchObject({ code: 'SAVE_FILE_EXISTS' });
    await expect(engine.api['message.save'](wish)).rejects.toMatchObject({ code: 'SAVE_FILE_EXISTS' });
    expect(readFileSync(to, 'latin1')).toBe('altro');
  });

  test('refuses a part that is not there, and leaves no file', async () => {
    const archive = await archiveOf(octets);
    const to = join(place.path, 'non-c-e.bin');
    for (const part of ['', '9', '1', '2~1', '../x']) {
      const saving = engine.api['message.savePart']({ archive, folder: 1, number: 1, part, to });
      await expect(saving).rejects.toMatchObject({ code: 'MESSAGE_PART_UNKNOWN' });
    }
    await expect(readIn(archive, 1, { inside: ['2'] })).rejects.toMatchObject({ code: 'MESSAGE_PART_UNKNOWN' });
    await expect(readIn(archive, 2)).rejects.toMatchObject({ code: 'ARCHIVE_MESSAGE_UNKNOWN' });
    expect(existsSync(to)).toBe(false);
  });

  test('is not saved when the archive no longer holds the octets it once took', async () => {
    const archive = await archiveOf(octets);
    const [file = ''] = readdirSync(join(archive, 'data'), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(mbox|eml)$/.test(name))
      .map(name => join(archive, 'data', name));
    writeFileSync(file, readFileSync(file, 'latin1').replace('fuori', 'altro'), 'latin1');
    const to = join(place.path, 'cambiato.eml');
    const saving = engine.api['message.save']({ archive, folder: 1, number: 1, to });
    await expect(saving).rejects.toMatchObject({ code: 'ARCHIVE_MESSAGE_CHANGED' });
    expect(existsSync(to)).toBe(false);
  });
});

describe('mails within a mail', () => {
  const inner = crlf(
    'Subject: dentro\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nciao\n--i\nContent-Type: text/x; name=a.txt\n\nuno\n--i--\n',
  );
  const middle = crlf(
    `Subject: in mezzo\nContent-Type: message/rfc822; name=dentro.eml\nContent-Transfer-Encoding: base64\n\n${base64(inner)}\n`,
  );
  const outer = crlf(
    `Subject: fuori\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\nvedi\n--o\nContent-Type: message/rfc822\n\n${middle}\n--o--\n`,
  );

  test('are opened one after the other, encoded ones too, and give their parts', async () => {
    const archive = await archiveOf(outer);
    const view = await readIn(archive);
    expect(view.text?.body).toBe('vedi');
    expect(view.parts).toMatchObject([{ part: '2', kind: 'message', name: 'in mezzo.eml' }]);
    expect((await readIn(archive, 1, { inside: ['2'] })).headers.subject).toBe('in mezzo');
    const innermost = await readIn(archive, 1, { inside: ['2', '1'] });
    expect(innermost).toMatchObject({ inside: ['2', '1'], headers: { subject: 'dentro' }, text: { body: 'ciao' } });
    const to = join(place.path, 'a.txt');
    await engine.api['message.savePart']({ archive, folder: 1, number: 1, inside: ['2', '1'], part: '2', to });
    expect(readFileSync(to, 'utf8')).toBe('uno');
  });
});

describe('what Outlook hides in winmail.dat', () => {
  const within = tnefFile({ text: 'mail dentro', files: [{ name: 'tre.txt', octets: Buffer.from('tre') }] });
  const winmail = tnefFile({
    html: '<p>Gentile perché</p>',
    files: [
      { name: 'relazione città.pdf', title: 'RELAZI~1.PDF', type: 'application/pdf', octets: Buffer.from('%PDF') },
      { name: '..\\..\\NUL.txt', octets: Buffer.from('due') },
      { name: 'Inoltro', octets: within, isMessage: true },
    ],
  });
  const mail = (octets: Buffer, text = '') =>
    crlf(
      `Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n${text}\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n${base64(octets)}\n--b--\n`,
    );

  test('is listed beside it, and is the text where there is none', async () => {
    const archive = await archiveOf(mail(winmail));
    const view = await readIn(archive);
    expect(view.text?.body).toBe('Gentile perché');
    expect(view.html?.body).toBe('<p>Gentile perché</p>');
    expect(view.parts.map(({ part, name, kind, from, octets }) => [part, name, kind, from, octets])).toEqual([
      ['2', 'winmail.dat', 'winmail', 'mime', winmail.length],
      ['2~1', 'relazione città.pdf', 'file', 'winmail', 4],
      ['2~2', '_NUL.txt', 'file', 'winmail', 3],
      ['2~3', 'Inoltro', 'winmail', 'winmail', within.length],
      ['2~3~1', 'tre.txt', 'file', 'winmail', 3],
    ]);
    const to = join(place.path, 'tre.txt');
    await engine.api['message.savePart']({ archive, folder: 1, number: 1, part: '2~3~1', to });
    expect(readFileSync(to, 'utf8')).toBe('tre');
  });

  test('does not replace a text that is there', async () => {
    expect((await read(mail(winmail, 'Il testo vero'))).text?.body).toBe('Il testo vero');
  });

  test('is named unreadable when it is cut or something else', async () => {
    expect((await read(mail(Buffer.from('non sono TNEF')))).problems).toEqual(['part-unreadable']);
    for (const length of [6, 20, 100, winmail.length - 10]) {
      const view = await read(mail(winmail.subarray(0, length), 'testo'));
      expect(view.text?.body).toBe('testo');
    }
  });
});

describe('signed and encrypted', () => {
  const key = join(place.path, 'key.pem');
  const certificate = join(place.path, 'certificate.pem');
  const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { maxBuffer: 1e8, stdio: 'pipe' });
  let entity = '';
  beforeAll(() => {
    openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=anna'],
      ...['-keyout', key, '-out', certificate],
    );
    entity = join(place.path, 'entity');
    writeFileSync(entity, crlf('Content-Type: text/plain; charset=utf-8\n\nFirmato perché importante.\n'));
  });
  const sign = (command: string, ...more: string[]): Buffer =>
    openssl(command, '-sign', '-signer', certificate, '-inkey', key, '-in', entity, ...more);

  test.each([
    ['detached', 'smime-signed', () => sign('smime')],
    ['opaque', 'smime-opaque', () => sign('smime', '-nodetach')],
    ['opaque and streamed', 'smime-opaque', () => sign('cms', '-nodetach', '-stream')],
  ])('shows what was signed (%s), checked by nobody', async (_how, kind, make) => {
    const view = await read(Buffer.concat([Buffer.from('Subject: firmato\r\n'), make()]));
    expect(view.text?.body).toContain('Firmato perché importante.');
    expect(view).toMatchObject({ signature: { kind, checked: false }, problems: [] });
  });

  test('says that it is encrypted', async () => {
    const view = await read(
      Buffer.concat([Buffer.from('Subject: x\r\n'), openssl('smime', '-encrypt', '-in', entity, certificate)]),
    );
    expect(view).toMatchObject({ signature: { kind: 'smime-encrypted' }, text: null, problems: [] });
    expect(view.parts).toMatchObject([{ name: 'smime.p7m', kind: 'file' }]);
  });

  test('offers the document within a .p7m, also within two', async () => {
    const document = join(place.path, 'delibera.pdf');
    writeFileSync(document, '%PDF-1.4 delibera');
    const cades = (from: string, to: string): Buffer => {
      openssl(
        'cms',
        '-sign',
        '-cades',
        '-binary',
        '-nodetach',
        '-outform',
        'DER',
        ...['-signer', certificate, '-inkey', key, '-in', from, '-out', to],
      );
      return readFileSync(to);
    };
    cades(document, `${document}.p7m`);
    const twice = cades(`${document}.p7m`, `${document}.p7m.p7m`);
    const archive = await archiveOf(
      crlf(
        `Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nin allegato\n--b\nContent-Type: application/octet-stream; name=delibera.pdf.p7m.p7m\nContent-Transfer-Encoding: base64\n\n${base64(twice)}\n--b--\n`,
      ),
    );
    const view = await readIn(archive);
    expect(view.parts.map(({ part, name, type, from }) => [part, name, type, from])).toEqual([
      ['2', 'delibera.pdf.p7m.p7m', 'application/octet-stream', 'mime'],
      ['2~1', 'delibera.pdf.p7m', 'application/pkcs7-mime', 'pkcs7'],
      ['2~1~1', 'delibera.pdf', 'application/pdf', 'pkcs7'],
    ]);
    expect(view.signature).toBeNull();
    const to = join(place.path, 'estratto.pdf');
    await engine.api['message.savePart']({ archive, folder: 1, number: 1, part: '2~1~1', to });
    expect(readFileSync(to, 'utf8')).toBe('%PDF-1.4 delibera');
  });

  test.each([
    ['pgp-signed', 'multipart/signed; protocol="application/pgp-signature"; boundary=b', 'application/pgp-signature'],
    ['pgp-encrypted', 'multipart/encrypted; boundary=b', 'application/octet-stream'],
  ])('tells %s', async (kind, type, second) => {
    const view = await read(
      crlf(`Subject: x\nContent-Type: ${type}\n\n--b\n\nciao\n--b\nContent-Type: ${second}\n\nabc\n--b--\n`),
    );
    expect(view.signature).toEqual({ kind, checked: false });
  });
});

test('tells what an invitation is about', async () => {
  const event =
    'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Giunta\nDTSTART:20260304T081500Z\nEND:VEVENT\nEND:VCALENDAR\n';
  const view = await read(
    crlf(
      `Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nciao\n--b\nContent-Type: text/calendar; method=REQUEST\n\n${event}\n--b--\n`,
    ),
  );
  expect(view.parts).toMatchObject([
    {
      kind: 'calendar',
      name: 'part-2.ics',
      event: { method: 'REQUEST', summary: 'Giunta', start: '2026-03-04T08:15:00Z' },
    },
  ]);
});

test('makes a text of HTML alone, with the true addresses of its links', async () => {
  const html =
    '<style>p{}</style><h1>Avviso</h1><p>Vedi <a href="http://truffa.example/x">www.banca.it</a></p>' +
    '<table><tr><td>uno</td><td>due</td></tr><tr><td>tre</td></tr></table>';
  const view = await read(`Subject: x\nContent-Type: text/html\n\n${html}`);
  expect(view.text?.body).toBe('Avviso\n\nVedi www.banca.it [http://truffa.example/x]\n\nuno due\ntre');
});

test('shows the footer of a mailing list with the HTML that it follows', async () => {
  const view = await read(
    crlf(
      'Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<b>ciao</b>\n--b\n\n<lista>\n--b--\n',
    ),
  );
  expect(view.html?.body).toContain('<b>ciao</b>');
  expect(view.html?.body).toContain('<pre>&lt;lista&gt;</pre>');
  expect(view.text?.body).toBe('ciao\n<lista>');
  expect(view.parts).toEqual([]);
});

describe('malformed mail shows what can be shown', () => {
  test.each([
    ['no header at all', 'Solo testo.\n', { text: 'Solo testo.\n', subject: '' }],
    [
      'no blank line before the text',
      'Subject: senza riga\nQuesto è il testo.\nAncora.\n',
      { text: 'Questo è il testo.\nAncora.\n', subject: 'senza riga' },
    ],
    [
      'an mbox line left over',
      'From anna@ente.it Wed Mar  4 09:15:00 2026\nSubject: avanzo\n\nciao\n',
      { text: 'ciao\n', subject: 'avanzo' },
    ],
    ['eight-bit header', Buffer.from('Subject: città\n\nperché\n', 'latin1'), { text: 'perché\n', subject: 'città' }],
    ['UTF-8 in the header', 'Subject: città\n\nperché\n', { text: 'perché\n', subject: 'città' }],
    [
      'a boundary that is not named',
      'Subject: s\nContent-Type: multipart/mixed\n\n--qui\n\nciao\n--qui--\n',
      { text: 'ciao', subject: 's' },
    ],
    [
      'no closing boundary',
      'Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nciao\n',
      { text: 'ciao\n', subject: 's' },
    ],
    [
      'an unknown encoding',
      'Subject: s\nContent-Transfer-Encoding: x-ignota\n\nciao\n',
      { text: 'ciao\n', subject: 's' },
    ],
    ['nothing', '', { text: '', subject: '' }],
  ])('%s', async (_what, octets, { text, subject }) => {
    const view = await read(octets);
    expect(view.headers.subject).toBe(subject);
    expect(view.text?.body).toBe(text);
    expect(view.problems).toEqual([]);
  });

  test.each([
    ['an unknown charset', 'Subject: s\nContent-Type: text/plain; charset=x-ignoto\n\nperché\n', 'charset-unknown'],
    [
      'a charset that it is not',
      Buffer.from('Subject: s\nContent-Type: text/plain; charset=utf-8\n\nperché\n', 'latin1'),
      'charset-unknown',
    ],
    [
      'a boundary that is nowhere',
      'Subject: s\nContent-Type: multipart/mixed; boundary=b\n\nperché\n',
      'part-unreadable',
    ],
  ])('%s, and says so', async (_what, octets, problem) => {
    const view = await read(octets);
    expect(view.text?.body).toBe('perché\n');
    expect(view.problems).toEqual([problem]);
  });
});

describe('a MIME bomb costs only a named problem', () => {
  const deep = (count: number): string =>
    `Subject: matrioska\nContent-Type: multipart/mixed; boundary=b0\n\n${Array.from({ length: count }, (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n\n`).join('')}fondo\n`;
  const wide = (count: number): string =>
    `Subject: ventaglio\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nprima\n${'--b\nContent-Type: image/png\n\nx\n'.repeat(count)}--b--\n`;
  const mails = (count: number): string =>
    `Subject: matrioska\n${'Content-Type: message/rfc822\n\n'.repeat(count)}fondo\n`;

  test.each([
    ['parts within parts', deep(100_000), 'too-deep', 'matrioska'],
    ['mails within mails', mails(100_000), 'too-deep', 'matrioska'],
    ['parts beside parts', wide(100_000), 'too-many-parts', 'ventaglio'],
    [
      'elements within elements',
      `Subject: html\nContent-Type: text/html\n\n${'<div>'.repeat(400_000)}fondo`,
      null,
      'html',
    ],
    ['a header without end', `Subject: lungo\nTo: ${'a@b.it, "'.repeat(60_000)}\n\nciao\n`, null, 'lungo'],
    ['parameters without end', `Subject: p\nContent-Type: text/plain; ${'a="\\'.repeat(60_000)}\n\nciao\n`, null, 'p'],
    ['encoded words without end', `Subject: p ${'=?utf-8?Q?a?= =?'.repeat(15_000)}\n\nciao\n`, null, ''],
    [
      'references to pictures without end',
      `Subject: cid\nContent-Type: text/html\n\n${'<img src="cid:x">'.repeat(200_000)}`,
      null,
      'cid',
    ],
  ])('%s', async (_what, octets, problem, subject) => {
    const view = await read(octets);
    if (subject !== '') expect(view.headers.subject).toBe(subject);
    if (problem !== null) expect(view.problems).toContain(problem);
    expect(view.problems).not.toContain('too-slow');
    expect(view.parts.length).toBeLessThanOrEqual(1000);
  });

  test('text beyond the limit is cut, and the message still saved whole', async () => {
    const octets = `Subject: lungo\n\n${'parola '.repeat(400_000)}`;
    const archive = await archiveOf(octets);
    const view = await readIn(archive);
    expect(view.text).toMatchObject({ cut: true });
    expect(view.text?.body).toHaveLength(1024 * 1024);
    expect(view.problems).toEqual(['cut']);
    const to = join(place.path, 'lungo.eml');
    await engine.api['message.save']({ archive, folder: 1, number: 1, to });
    expect(readFileSync(to, 'utf8')).toBe(octets);
  });
});

const fixtures = new URL('../../shared/fixtures/mime/', import.meta.url);
const hasFixtures = existsSync(fixtures);
if (!hasFixtures) console.warn('skipped: the corpus of real and malformed mail is not here');
describe.skipIf(!hasFixtures)('a corpus of real and malformed mail', () => {
  const names = hasFixtures
    ? readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter(name => /\.(eml|msg)$/.test(name))
    : [];
  let archive = '';
  beforeAll(async () => {
    archive = await archiveOf(...names.map(name => readFileSync(new URL(name.replaceAll('#', '%23'), fixtures))));
  });

  test('is read, every message and every mail within, and saved byte for byte', async () => {
    expect(names.length).toBeGreaterThan(100);
    for (const [index, name] of names.entries()) {
      const view = await readIn(archive, index + 1);
      expect(view.problems, name).not.toContain('too-slow');
      for (const { part, kind } of view.parts) {
        if (kind === 'message') await readIn(archive, index + 1, { inside: [...view.inside, part] });
      }
      const to = join(place.path, `fixture-${index}.eml`);
      await engine.api['message.save']({ archive, folder: 1, number: index + 1, to });
      expect(readFileSync(to).equals(readFileSync(new URL(name.replaceAll('#', '%23'), fixtures))), name).toBe(true);
    }
  });

  test('has the attachments that Python finds in what is well-formed', async () => {
    const oracle = fileURLToPath(new URL('rig/attachments_oracle.py', import.meta.url));
    const found = JSON.parse(
      execFileSync('python3', [oracle, fileURLToPath(fixtures)], { input: JSON.stringify(names) }).toString(),
    ) as Record<string, [name: string, sha256: string][]>;
    let compared = 0;
    for (const [index, name] of names.entries()) {
      const expected = found[name];
      if (expected === undefined) continue;
      const { parts } = await readIn(archive, index + 1);
      const files = new Map<string, string>();
      for (const { part, name: fileName, octets: told } of parts) {
        const to = join(place.path, `part-${index}-${part}`);
        await engine.api['message.savePart']({ archive, folder: 1, number: index + 1, part, to });
        const octets = readFileSync(to);
        expect(told, `${name}: ${fileName}`).toBe(octets.length);
        files.set(createHash('sha256').update(octets).digest('hex'), fileName);
      }
      for (const [fileName, sha256] of expected) {
        // Of a name without quotes Python takes the first word only.
        expect(files.get(sha256)?.startsWith(fileName), `${name}: ${fileName}`).toBe(true);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(20);
  });
});
