import type { ExchangeQuirks } from './exchange-quirks.ts';
import type { ExchangeFolder, StoredMail } from './exchange-store.ts';
import { dateTime, uidsIn } from './wire-forms.ts';

/** The untagged responses to a UID FETCH of the items that mail programs ask for. */
export function* fetchLines(
  folder: ExchangeFolder,
  set: string,
  rest: string,
  quirks: ExchangeQuirks,
): Generator<Buffer> {
  const wanted = uidsIn(set, folder);
  const fields = /BODY\.PEEK\[HEADER\.FIELDS \(([^)]*)\)\]/i.exec(rest)?.[1] ?? null;
  for (const [index, mail] of folder.mail.entries()) {
    if (!wanted(mail.uid)) continue;
    const items: (string | Buffer)[] = [`UID ${mail.uid}`];
    if (/\bFLAGS\b/i.test(rest)) items.push(`FLAGS (${[...mail.flags].join(' ')})`);
    if (/INTERNALDATE/i.test(rest)) items.push(`INTERNALDATE ${dateTime(mail.internalDate)}`);
    if (/RFC822\.SIZE/i.test(rest)) items.push(`RFC822.SIZE ${sizeTold(mail, quirks)}`);
    if (fields !== null) items.push(literal(`BODY[HEADER.FIELDS (${fields})]`, headerFields(mail, fields.split(' '))));
    if (/BODY\.PEEK\[\]/i.test(rest)) items.push(literal('BODY[]', mail.served));
    const joined = items.flatMap((item, nth) => [Buffer.from(nth === 0 ? '' : ' '), Buffer.from(item as never)]);
    yield Buffer.concat([Buffer.from(`* ${index + 1} FETCH (`), ...joined, Buffer.from(')\r\n')]);
  }
}

/** Told before the message is rebuilt, and wrong by any factor (19,189 for 6,298 was seen). */
function sizeTold({ served }: StoredMail, { wrongSize }: ExchangeQuirks): number {
  return wrongSize ? served.length * 3 + 295 : served.length;
}

function literal(name: string, octets: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${name} {${octets.length}}\r\n`), octets]);
}

function headerFields({ served }: StoredMail, names: readonly string[]): Buffer {
  const [header = ''] = served.toString('latin1').split(/\r?\n\r?\n/, 1);
  const found = header
    .split(/\r?\n(?![ \t])/)
    .filter(field => names.some(name => field.toLowerCase().startsWith(`${name.toLowerCase()}:`)));
  return Buffer.from([...found, '', ''].join('\r\n'), 'latin1');
}
