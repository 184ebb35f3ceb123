import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import { ZipFile } from 'yazl';

/** Small documents of the kinds people attach, made by hand: what search finds in them is what was put there. */

export async function docx(text: string): Promise<Buffer> {
  const [first = '', ...rest] = text.split(' ');
  // Word cuts words into runs wherever the cursor once stood.
  const runs = [first.slice(0, 2), first.slice(2), ...rest.map(word => ` ${word}`)];
  const body = runs.map(run => `<w:r><w:t xml:space="preserve">${run}</w:t></w:r>`).join('');
  return await zipOf({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="x"><w:body><w:p>${body}</w:p><w:p><w:r><w:t>altra riga</w:t></w:r></w:p></w:body></w:document>`,
    'docProps/core.xml': '<x>proprietanascoste</x>',
  });
}

export async function xlsx(text: string): Promise<Buffer> {
  return await zipOf({
    'xl/sharedStrings.xml': `<sst><si><t>${text}</t></si></sst>`,
    'xl/worksheets/sheet1.xml':
      '<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>48216</v></c><c t="inlineStr"><is><t>cellainterna</t></is></c></row></sheetData></worksheet>',
  });
}

export async function odt(text: string): Promise<Buffer> {
  return await zipOf({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><text:p>${text}</text:p></office:body></office:document-content>`,
  });
}

/** One page, Helvetica, WinAnsi: enough for any reader. */
export function pdf(text: string): Buffer {
  return pdfWith(`BT /F1 12 Tf 72 720 Td (${text}) Tj ET`);
}

/** A PDF whose page inflates to so many octets of blanks. */
export function pdfBomb(octets: number): Buffer {
  return pdfWith(deflateSync(Buffer.alloc(octets, ' '), { level: 9 }), '/Filter /FlateDecode');
}

function pdfWith(content: string | Buffer, filter = ''): Buffer {
  const stream = Buffer.from(content);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    Buffer.concat([
      Buffer.from(`<< /Length ${stream.length} ${filter} >>\nstream\n`),
      stream,
      Buffer.from('\nendstream'),
    ]),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  const pieces = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  let length = pieces[0]?.length ?? 0;
  objects.forEach((object, index) => {
    const piece = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    offsets.push(length);
    length += piece.length;
    pieces.push(piece);
  });
  const rows = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...pieces, Buffer.from(end)]);
}

/** A .docx whose text inflates to so many octets. */
export async function docxBomb(octets: number): Promise<Buffer> {
  const zip = new ZipFile();
  const piece = Buffer.alloc(1024 * 1024, 'a');
  const pieces = function* (): Generator<Buffer> {
    yield Buffer.from('<w:document><w:p><w:t>');
    for (let left = octets; left > 0; left -= piece.length) yield piece;
  };
  zip.addReadStream(Readable.from(pieces()), 'word/document.xml', { compressionLevel: 1 });
  zip.end();
  return await buffer(zip.outputStream);
}

async function zipOf(members: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return await buffer(zip.outputStream);
}

/** A message with one attachment. */
export function mailWith(subject: string, name: string, content: Buffer, type = 'application/octet-stream'): Buffer {
  return Buffer.from(
    [
      `Subject: ${subject}`,
      'Content-Type: multipart/mixed; boundary="=-"',
      '',
      '--=-',
      'Content-Type: text/plain; charset=utf-8',
      '',
      `corpo di ${subject}`,
      '--=-',
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      (content.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n'),
      '--=---',
      '',
    ].join('\r\n'),
  );
}
