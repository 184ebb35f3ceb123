import { simpleParser } from 'mailparser';

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
    const mail = await simpleParser(header, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
    return {
      subject: mail.subject ?? null,
      from: mail.from?.text ?? null,
      date: mail.date?.toISOString() ?? null,
    };
  } catch {
    return nothing;
  }
}
