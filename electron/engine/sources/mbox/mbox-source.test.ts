import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryOpenFile, memoryTree } from '../files/testing/memory-tree.ts';
import { readSource } from '../files/testing/read-source.ts';
import { mboxSource } from './mbox-source.ts';
import { scanMbox } from './scan-mbox.ts';

const { signal } = new AbortController();
const unix = 'From anna@esempio.it Mon Mar  4 08:15:00 2019\n';
const thunderbird = 'From - Mon Mar 04 09:15:00 2019\r\n';
const header = 'From: anna@esempio.it\nSubject: prova\nMessage-ID: <1@esempio.it>\n';

function read(files: Readonly<Record<string, string | Buffer>> | string) {
  const tree = typeof files === 'string' ? memoryTree({ 'posta.mbox': files }, { isFile: true }) : memoryTree(files);
  return readSource(mboxSource(tree, 'mbox:test'));
}

const textsOf = async (mbox: string) => (await read(mbox)).messages.map(({ text }) => text);
const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code);

describe('where a message ends', () => {
  test('octets are those between the separators, without the blank line before the next', async () => {
    expect(await textsOf(`${unix}${header}\nuno\n\n${unix}${header}\ndue\n\n\n`)).toEqual([
      `${header}\nuno\n`,
      `${header}\ndue\n\n`,
    ]);
    const crlf = `${unix}${header}\nuno\n\n${unix}${header}\ndue\n\n`.replaceAll('\n', '\r\n');
    expect(await textsOf(crlf)).toEqual(
      [`${header}\nuno\n`, `${header}\ndue\n`].map(text => text.replaceAll('\n', '\r\n')),
    );
  });

  test('lines of prose that begin with From stay in their message', async () => {
    const body =
      '\nFrom qui in poi si balla\n\nFrom now on: nothing\n\nFrom anna@esempio.it Mon Mar  4 08:15:00 2019\nciao\n';
    expect(await textsOf(`${unix}${header}\n${body}\n${unix}${header}\ndue\n`)).toEqual([
      `${header}\n${body}`,
      `${header}\ndue\n`,
    ]);
  });

  test('a separator without its blank line still separates, when a header follows', async () => {
    expect(await textsOf(`${unix}${header}\nuno\n${unix}${header}\ndue\n`)).toHaveLength(2);
  });

  test('messages of a header alone, of nothing, and without any header', async () => {
    expect(await textsOf(`${unix}${header}\n${unix}\n${unix}\nsolo testo\n\n`)).toEqual([header, '', '\nsolo testo\n']);
  });

  test('small windows find what large ones do', async () => {
    const piece = fc.constantFrom(
      unix,
      thunderbird,
      header,
      '\n',
      '\r\n',
      'From ',
      '>From x\n',
      'testo\n',
      'x\0',
      'Content-Length: 5\n',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 40 }),
        fc.integer({ min: 1, max: 300 }),
        async (pieces, windowOctets) => {
          const octets = Buffer.from(unix + pieces.join(''), 'latin1');
          const options = { size: octets.length, everyFrom: false, signal };
          const small = await scanMbox(memoryOpenFile(octets), { ...options, windowOctets });
          expect(small).toEqual(await scanMbox(memoryOpenFile(octets), options));
          // No octet is in two messages, and none behind the first separator is lost but separators and blank lines.
          let end = 0;
          for (const { offset, octets: length } of small.messages) {
            expect(offset).toBeGreaterThanOrEqual(end);
            end = offset + length;
          }
          expect(end).toBeLessThanOrEqual(octets.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('variants', () => {
  const variantOf = async (mbox: string) =>
    (await read(mbox)).problems
      .filter(({ code }) => code === 'MBOX_VARIANT_ASSUMED')
      .map(({ details }) => details['variant']);

  test('a quoted line is kept as it stands, and the report says so', async () => {
    const mbox = `${unix}${header}\n>From me\n\n`;
    expect(await textsOf(mbox)).toEqual([`${header}\n>From me\n`]);
    expect(await variantOf(mbox)).toEqual(['mboxo']);
    expect(await variantOf(`${unix}${header}\n>From me\n>>From you\n\n`)).toEqual(['mboxo-or-mboxrd']);
    expect(await variantOf(`${unix}${header}\nnothing\n\n`)).toEqual([]);
  });

  test('the mbox of our own archive is mboxrd, because its sidecar says so, and is unquoted', async () => {
    const files = {
      'data/mail/posta-0001.mbox': `${unix}${header}\n>From me\n>>From you\nFrom\n\n`,
      'data/mail/posta-0001.jsonl': '{"record":"folder","version":1}\n',
      'altri/posta.mbox': `${unix}${header}\n>From me\n\n`,
      'altri/posta.jsonl': '{"something":"else"}\n',
    };
    const { messages, problems } = await read(files);
    expect(messages.map(({ text }) => text.slice(header.length))).toEqual([
      '\nFrom me\n>From you\nFrom\n',
      '\n>From me\n',
    ]);
    expect(problems.map(({ details }) => details['file'])).toEqual(['altri/posta.mbox']);
  });

  test('a Content-Length that leads to the next separator is believed, separators within and all', async () => {
    const body = `${unix}${header}\ninoltrato\n`;
    const long = `${header}Content-Length: ${body.length}\n\n${body}`;
    const short = `${header}Content-Length: 4\n\nuno\n`;
    const mbox = `${unix}${long}\n${unix}${short}\n`;
    expect(await textsOf(mbox)).toEqual([long, short]);
    expect(await variantOf(mbox)).toEqual(['mboxcl2']);
  });

  test.each(['5', '99999', '0', '-1', '999999999999999999999'])(
    'a Content-Length that lies is not: %s',
    async length => {
      const first = `${header}Content-Length: ${length}\n\nfar more than five\n`;
      expect(await textsOf(`${unix}${first}\n${unix}${header}\ndue\n`)).toEqual([first, `${header}\ndue\n`]);
    },
  );
});

describe('flags', () => {
  test('Thunderbird: status bits, keys, labels; deleted ones are left out and listed', async () => {
    const message = (status: string, status2: string, keys: string) =>
      `${thunderbird}X-Mozilla-Status: ${status}\r\nX-Mozilla-Status2: ${status2}\r\nX-Mozilla-Keys: ${keys}\r\n${header.replaceAll('\n', '\r\n')}\r\nx\r\n\r\n`;
    const { messages, problems } = await read({
      Posta:
        message('0001', '00000000', '$label1 NonJunk          ') +
        message('1006', '00800000', '') +
        message('0009', '00000000', '') +
        message('0401', '04200000', ''),
    });
    expect(messages.map(({ flags, keywords }) => [...flags, ...keywords])).toEqual([
      ['\\Seen', '$label1', 'NonJunk'],
      ['\\Answered', '\\Flagged', '$Forwarded', '$MDNSent'],
      ['\\Seen', '\\Deleted', '$label2'],
    ]);
    expect(messages[0]?.text).toMatch(/^X-Mozilla-Status: 0001\r\n/);
    expect(problems).toContainEqual({ code: 'DELETED_LEFT_OUT', details: { file: 'Posta', messages: 1 } });
    expect(codes(problems)).toContain('MESSAGE_INCOMPLETE');
  });

  test('a sender cannot make a message disappear', async () => {
    const hostile = `${header}X-Mozilla-Status: 0009\nX-Mozilla-Status2: 00200000\n\nx\n`;
    const { messages } = await read({ Posta: `${thunderbird}${hostile}\n${unix}X-Mozilla-Status: 0009\n${hostile}\n` });
    expect(messages).toHaveLength(2);
    expect(messages[0]?.flags).toEqual([]);
  });

  test('UW IMAP, mutt, Dovecot: Status, X-Status, X-Keywords; the pseudo-message is nobody’s mail', async () => {
    const pseudo = `${unix}Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nX-IMAP: 1552000000 0000000002\nStatus: RO\n\nThis text is part of the internal format.\n\n`;
    const { messages } = await read(
      `${pseudo}${unix}${header}Status: RO\nX-Status: AFTD\nX-Keywords: Da-fare  $Forwarded\n\nx\n\n`,
    );
    expect(messages.map(({ flags, keywords }) => [...flags, ...keywords])).toEqual([
      ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft', '$Forwarded', 'Da-fare'],
    ]);
  });

  test('a changed flag, new mail in front and a compacted file leave the keys as they were', async () => {
    const one = (status: string) => `${unix}${header}Status: ${status}\n\nuno\n\n`;
    const two = `${unix}${header}\ndue\n\n`;
    const keysOf = async (mbox: string) => (await read(mbox)).messages.map(({ key }) => key);
    const [first, second] = await keysOf(one('O') + two);
    expect(await keysOf(two + one('RO'))).toEqual([second, first]);
    expect(await keysOf(one('RO') + two.trimEnd() + '\n')).toEqual([first, second]);
    // Copies are counted, so that they stay as many as they are.
    expect(new Set(await keysOf(two + two + two)).size).toBe(3);
  });
});

describe('damage', () => {
  test('cut at any octet: what was whole stays whole, what is cut is stored and named', async () => {
    const multipart = `${header}Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nuno\n--b--\n`;
    const whole = `${unix}${header}\nprimo\n\n${unix}${multipart}\n${unix}${header}\nterzo\n\n`;
    const expected = await textsOf(whole);
    expect(expected).toHaveLength(3);
    for (let length = unix.length + 1; length < whole.length; length += 1) {
      const { messages, problems } = await read(whole.slice(0, length));
      const texts = messages.map(({ text }) => text);
      expect(texts.slice(0, -1)).toEqual(expected.slice(0, texts.length - 1));
      const last = texts.at(-1) ?? '';
      const original = expected[texts.length - 1] ?? '';
      const isNamed = codes(problems).includes('SOURCE_FILE_DAMAGED');
      // Cut behind a line of plain text, or behind the last line of a multipart, nothing can tell.
      const canTell = texts.length === 2 ? !last.includes('--b--') : !last.endsWith('\n');
      if (last !== original && canTell) expect([length, isNamed]).toEqual([length, true]);
      if (length === whole.length - 1) expect(isNamed).toBe(false);
    }
  });

  test('zeros at the end are room on the disk, not mail; zeros in the middle are kept', async () => {
    const { messages, problems } = await read(
      `${unix}${header}\nuno\0\0\n\n${unix}${header}\ndue\n${'\0'.repeat(70_000)}`,
    );
    expect(messages.map(({ text }) => text)).toEqual([`${header}\nuno\0\0\n`, `${header}\ndue\n`]);
    expect(problems).toEqual([
      { code: 'SOURCE_FILE_DAMAGED', details: { file: 'posta.mbox', folder: 'posta', reason: 'nul-filled' } },
    ]);
  });

  test('a message behind a hole of zeros is found again', async () => {
    expect(await textsOf(`${unix}${header}\nuno\n${'\0'.repeat(5000)}${thunderbird}${header}\ndue\n`)).toHaveLength(2);
  });

  test('what is no mbox is refused as such', async () => {
    await expect(read({ 'note.txt': 'From here on, nothing', 'a.bin': '\0\0' })).rejects.toMatchObject({
      problem: { code: 'INPUT_FILE_WRONG_KIND' },
    });
  });
});

describe('folders', () => {
  const mbox = `${unix}${header}\nx\n\n`;

  test('a Thunderbird profile: accounts, folders below folders, empty folders, server names decoded', async () => {
    const { folders } = await read({
      'prefs.js': 'user_pref("a", 1);',
      'Mail/Local Folders/Progetti': mbox,
      'Mail/Local Folders/Progetti.msf': '// mork',
      'Mail/Local Folders/Progetti.sbd/2023': mbox,
      'Mail/Local Folders/Vuota': '',
      'Mail/Local Folders/Vuota.msf': '// mork',
      'Mail/Local Folders/filterlog.html': '<html>',
      'ImapMail/imap.ente.it/INBOX': mbox,
      'ImapMail/imap.ente.it/Attivit&AOA-': mbox,
      'ImapMail/imap.ente.it/msgFilterRules.dat': 'version="9"',
    });
    expect(folders.toSorted()).toEqual([
      'Local Folders/Progetti',
      'Local Folders/Progetti/2023',
      'Local Folders/Vuota',
      'imap.ente.it/Attività',
      'imap.ente.it/INBOX',
    ]);
  });

  test('Apple Mail packages, plain trees, and two files of one name', async () => {
    const { folders } = await read({
      'Posta in arrivo.mbox/mbox': mbox,
      'Posta in arrivo.mbox/table_of_contents': '\0\0',
      'Lavoro/2023.mbox': mbox,
      'Lavoro/2023': mbox,
      'Inbox.mbox': mbox,
    });
    expect(folders).toEqual(['Posta in arrivo', 'Lavoro/2023', 'Lavoro/2023 (2)', 'INBOX']);
  });
});

test('the date: a zone is believed, local time is told by Received, UTC else; Thunderbird’s separator comes last', async () => {
  const received = 'Received: from a by b; Mon, 4 Mar 2019 09:14:58 +0100\n';
  const dates = async (mbox: string) => (await read(mbox)).messages.map(({ internalDate }) => internalDate);
  expect(
    await dates(
      `From a@b Mon Mar  4 09:15:00 2019 +0100\n${header}\nx\n\n` +
        `${unix}${received}${header}\nx\n\n` +
        `From a@b Mon Mar  4 09:15:00 2019\n${received}${header}\nx\n\n` +
        `${unix}${header}\nx\n\n` +
        `${thunderbird}${received}${header}\nx\n\n` +
        `${thunderbird}Date: Sun, 3 Mar 2019 10:00:00 -0500 (EST)\n${header}\nx\n\n`,
    ),
  ).toEqual([
    '2019-03-04T09:15:00+01:00',
    '2019-03-04T08:15:00+00:00',
    '2019-03-04T09:14:58+01:00',
    '2019-03-04T08:15:00+00:00',
    '2019-03-04T09:14:58+01:00',
    '2019-03-03T10:00:00-05:00',
  ]);
});
