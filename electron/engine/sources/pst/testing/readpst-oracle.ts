import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { simpleParser } from 'mailparser';
import { sha256 } from './read-source.ts';

/** Debian's pst-utils, an independent reader of the same format. */
export function haveReadpst(): boolean {
  try {
    execFileSync('readpst', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface ReadpstFile {
  readonly name: string;
  /** Names of folders, outermost first; none for what lies at the top of the store. */
  readonly folder: readonly string[];
  readonly octets: Buffer;
}

/** Every file that readpst makes of a PST: e-mail as EML, contacts as vCard, appointments as iCalendar. */
export function runReadpst(path: string): readonly ReadpstFile[] {
  const folder = mkdtempSync(join(tmpdir(), 'readpst-'));
  try {
    // One job: several at once lose items.
    execFileSync('readpst', ['-j', '0', '-e', '-D', '-8', '-o', folder, path], { stdio: 'ignore' });
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => ({
        name: entry.name,
        // The first is the store's own.
        folder: relative(folder, entry.parentPath).split(sep).slice(1),
        octets: readFileSync(join(entry.parentPath, entry.name)),
      }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What two readers must agree on in a message. Embedded messages count with the message around them. */
export interface MessageFacts {
  readonly subject: string;
  readonly date: string | null;
  readonly from: string | null;
  readonly to: readonly string[];
  readonly attachments: readonly string[];
}

export async function factsOf(eml: Buffer): Promise<MessageFacts> {
  const mail = await simpleParser(eml, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const attachments: string[] = [];
  for (const { filename, contentType, content } of mail.attachments) {
    if (contentType === 'message/rfc822') attachments.push('message', ...(await factsOf(content)).attachments);
    // The RTF body: an attachment to readpst, one of the alternatives to us.
    else if (filename !== 'rtf-body.rtf' && contentType !== 'text/rtf') attachments.push(sha256(content).slice(0, 12));
  }
  const to = [mail.to ?? []].flat().flatMap(list => list.value.map(one => one.address ?? ''));
  return {
    subject: mail.subject ?? '',
    date: mail.date?.toISOString() ?? null,
    from: realAddress(mail.from?.value[0]?.address),
    to: to
      .map(realAddress)
      .filter(address => address !== null)
      .sort(),
    attachments: attachments.sort(),
  };
}

/** Neither readpst's stand-in for a sender nor ours. */
function realAddress(address: string | undefined): string | null {
  const bare = (address ?? '').toLowerCase().replace(/^'(.*)'$/, '$1');
  return !bare.includes('@') || bare.endsWith('.invalid') ? null : bare;
}
