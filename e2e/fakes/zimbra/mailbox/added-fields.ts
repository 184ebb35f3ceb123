let given = 0;

/** What the server's own Message-IDs look like. */
export const givenMessageId = /^Message-ID: <given-\d+@carbonio\.test>\r\n/m;
export const givenMimeVersion = 'MIME-Version: 1.0\r\n';

/** A message that lacks them is given a Message-ID and a MIME-Version at the end of its header. */
export function withAddedFields(octets: Buffer): Buffer {
  const text = octets.toString('latin1');
  const blank = text.startsWith('\r\n') ? 0 : text.indexOf('\r\n\r\n') + 2;
  if (blank === 1) return octets;
  const header = text.slice(0, blank);
  const messageId = /^message-id:/im.test(header) ? '' : `Message-ID: <given-${++given}@carbonio.test>\r\n`;
  const mimeVersion = /^mime-version:/im.test(header) ? '' : givenMimeVersion;
  return Buffer.from(header + messageId + mimeVersion + text.slice(blank), 'latin1');
}
