import { simpleParser } from 'mailparser';
import { encodeHeaderField } from './encode-header-field.ts';

/** The fields a person knows a message by. Null where the header does not say. */
export interface HeaderFields {
  readonly subject: string | null;
  readonly from: string | null;
  /** ISO 8601, UTC. */
  readonly date: string | null;
}

const nothing: HeaderFields = { subject: null, from: null, date: null };

/** Reads them from a header section, decoded. What cannot be parsed is null: a broken header names nothing. */
export async function headerFields(header: Buffer): Promise<HeaderFields> {
  try {
    const mail = await simpleParser(sevenBit(header), {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
    });
    return {
      subject: mail.subject ?? null,
      from: mail.from?.text ?? null,
      date: mail.date?.toISOString() ?? null,
    };
  } catch {
    return nothing;
  }
}

/** Of raw octets (RFC 6532, or no standard at all) the parser makes question marks. */
function sevenBit(header: Buffer): Buffer {
  if (!header.some(octet => octet > 0x7f)) return header;
  const fields = header.toString('latin1').split(/\r?\n(?![ \t])/);
  return Buffer.from(fields.map(encodeHeaderField).join('\r\n'), 'latin1');
}
