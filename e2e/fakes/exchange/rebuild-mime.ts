import { createHash } from 'node:crypto';

const regenerated = /^(?:keywords|importance|priority|x-priority|x-msmail-priority|x-message-flag|mime-version):/i;

/**
 * What Exchange makes of a message between APPEND and FETCH, after [MS-OXCMAIL]: some header fields are dropped or
 * made anew, transfer encodings chosen afresh, base64 rewrapped. What is signed stays as it is.
 */
export function rebuildMime(octets: Buffer, { addMessageId }: { readonly addMessageId: boolean }): Buffer {
  const { fields, body } = entityOf(octets.toString('latin1'));
  const kept = fields.filter(field => !regenerated.test(field)).map(refolded);
  if (addMessageId && !fields.some(field => /^message-id:/i.test(field))) {
    const id = createHash('sha1').update(octets).digest('hex').slice(0, 20).toUpperCase();
    kept.push(`Message-ID: <${id}@EUR05.prod.exchange.example>`);
  }
  return Buffer.from(entityText(kept, body, true), 'latin1');
}

interface Entity {
  readonly fields: readonly string[];
  readonly body: string;
}

function entityOf(text: string): Entity {
  const split = /\r?\n\r?\n/.exec(text);
  if (/^\r?\n/.test(text)) return { fields: [], body: text.replace(/^\r?\n/, '') };
  const header = split === null ? text : text.slice(0, split.index);
  const body = split === null ? '' : text.slice(split.index + split[0].length);
  return { fields: header.split(/\r?\n(?![ \t])/).filter(field => field !== ''), body };
}

function entityText(fields: readonly string[], body: string, top: boolean): string {
  const type = valueOf(fields, 'content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";\r\n]+)"?/i.exec(type)?.[1];
  const own = top ? ['MIME-Version: 1.0', 'X-MS-Exchange-Organization-SCL: -1'] : [];
  if (/^multipart\/(?:signed|encrypted)/i.test(type) || /pkcs7|rfc822/i.test(type)) {
    return [...fields, ...own, '', body].join('\r\n');
  }
  if (/^multipart\//i.test(type) && boundary !== undefined) {
    return [...fields, ...own, '', multipartText(body, boundary)].join('\r\n');
  }
  const { encoding, text } = encodedAnew(type, valueOf(fields, 'content-transfer-encoding') ?? '7bit', body);
  const others = fields.filter(field => !/^content-transfer-encoding:/i.test(field));
  return [...others, ...own, `Content-Transfer-Encoding: ${encoding}`, '', text].join('\r\n');
}

function multipartText(body: string, boundary: string): string {
  const parts = body.split(new RegExp(`(?:^|\\r?\\n)--${escaped(boundary)}(?:--)?[ \\t]*(?:\\r?\\n|$)`));
  // The preamble is dropped; what stands behind the last delimiter as well.
  const inner = parts.slice(1, parts.length > 2 ? -1 : undefined).map(part => {
    const { fields, body: content } = entityOf(part);
    return `--${boundary}\r\n${entityText(fields, content, false)}`;
  });
  return `${inner.join('\r\n')}\r\n--${boundary}--\r\n`;
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w]/g, '\\$&');
}

function encodedAnew(type: string, encoding: string, body: string): { encoding: string; text: string } {
  const content = decoded(encoding.trim().toLowerCase(), body);
  if (/^text\//i.test(type) && encoding.trim().toLowerCase() !== 'base64') {
    return { encoding: 'quoted-printable', text: quotedPrintable(content) };
  }
  return { encoding: 'base64', text: (content.toString('base64').match(/.{1,60}/g) ?? []).join('\r\n') };
}

function decoded(encoding: string, body: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const text = body
    .replaceAll(/=[ \t]*\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}

function quotedPrintable(content: Buffer): string {
  const lines = content.toString('latin1').split(/\r?\n/);
  return lines
    .map(line => {
      const escaped = line.replaceAll(
        /[^\x20-\x3c\x3e-\x7e]|[ \t]$/g,
        each => `=${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
      );
      return (escaped.match(/(?:=[0-9A-F]{2}|[^=]){1,24}/g) ?? ['']).join('=\r\n');
    })
    .join('\r\n');
}

function valueOf(fields: readonly string[], name: string): string | undefined {
  const field = fields.find(each => each.toLowerCase().startsWith(`${name}:`));
  return field
    ?.slice(name.length + 1)
    .replaceAll(/\r?\n/g, '')
    .trim();
}

/** Long fields come back folded elsewhere. */
function refolded(field: string): string {
  return field.replaceAll(/\r?\n[ \t]+/g, '\r\n\t');
}
