import { join } from 'node:path';
import { memoryUsage } from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { docx, docxBomb, mailWith, odt, pdf, pdfBomb, xlsx } from './rig/document-files.ts';
import { indexed, writeArchive } from './rig/search-archive.ts';
import { createTestDirectory } from './rig/test-directory.ts';

/** A message of 100,000 multiparts, each within the one before. */
function nested(depth: number): Buffer {
  const opened = Array.from(
    { length: depth },
    (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`,
  );
  return Buffer.from(
    `Subject: matrioska\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n${opened.join('')}fondo\r\n`,
  );
}

/** A message of 100,000 parts side by side. */
function wide(count: number): Buffer {
  const part = '--b\r\nContent-Type: text/plain\r\n\r\nparte\r\n';
  return Buffer.from(
    `Subject: ventaglio\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(count)}--b--\r\n`,
  );
}

describe('what is attached', () => {
  const place = createTestDirectory('search-documents');
  const archive = join(place.path, 'archivio');
  const engine = createEngine(defaultPorts());
  let incomplete = 0;
  let growth = 0;
  beforeAll(async () => {
    const gigabyte = 1024 ** 3;
    const messages = [
      mailWith('il pdf', 'relazione.pdf', pdf('Fabbisogno triennale'), 'application/pdf'),
      mailWith('il docx', 'lettera.docx', await docx('Determinazione dirigenziale')),
      mailWith('il xlsx', 'conti.xlsx', await xlsx('Stanziamento')),
      mailWith('il odt', 'verbale.odt', await odt('Assemblea straordinaria')),
      mailWith('il txt', 'note.txt', Buffer.from('Promemoria d’ufficio')),
      mailWith('il html', 'pagina.html', Buffer.from('<p>Graduato<b>ria</b></p>'), 'text/html'),
      mailWith('non pdf', 'finto.pdf', Buffer.from('questo non è un PDF'), 'application/pdf'),
      mailWith('zip rotto', 'rotto.docx', (await docx('x')).subarray(0, 60)),
      mailWith('bomba zip', 'bomba.docx', await docxBomb(gigabyte)),
      mailWith('bomba pdf', 'bomba.pdf', pdfBomb(gigabyte), 'application/pdf'),
      nested(100_000),
      wide(100_000),
      mailWith('il seguito', 'ultimo.pdf', pdf('Successivo'), 'application/pdf'),
    ];
    await writeArchive(
      archive,
      messages.map(octets => ({ folder: ['INBOX'], octets })),
    );
    const before = memoryUsage.rss();
    const watch = setInterval(() => (growth = Math.max(growth, memoryUsage.rss() - before)), 20);
    const state = await indexed(engine, archive);
    clearInterval(watch);
    expect(state).toMatchObject({ phase: 'ready', messages: { done: messages.length } });
    incomplete = state.incomplete;
  });
  afterAll(async () => {
    await engine.close();
    place.remove();
  });

  const subjects = async (query: string): Promise<string[]> => {
    const { hits } = await engine.api['messages.search']({ archive, query, direction: 'ascending' });
    return hits.map(({ subject }) => subject);
  };

  test.each([
    ['fabbisogno triennale', 'il pdf'],
    ['"determinazione dirigenziale"', 'il docx'],
    ['stanziamento', 'il xlsx'],
    ['48216', 'il xlsx'],
    ['cellainterna', 'il xlsx'],
    ['allegato:straordinaria', 'il odt'],
    ['allegato:promemoria', 'il txt'],
    ['graduatoria', 'il html'],
    ['successivo', 'il seguito'],
    ['allegato:relazione.pdf', 'il pdf'],
  ])('%s is found in %s', async (query, subject) => {
    expect(await subjects(query)).toEqual([subject]);
  });

  test('the snippet of a document is from the document', async () => {
    const { hits } = await engine.api['messages.search']({ archive, query: 'dirigenziale' });
    expect(hits[0]?.snippetFrom).toBe('attachment');
    expect(hits[0]?.snippet.find(({ hit }) => hit)?.text).toBe('dirigenziale');
  });

  test('properties that nobody wrote in the text are not found', async () => {
    expect(await subjects('proprietanascoste')).toEqual([]);
  });

  test('a bomb costs its own fields, and everything else of its message is found', async () => {
    for (const subject of ['bomba zip', 'bomba pdf', 'non pdf', 'zip rotto']) {
      expect(await subjects(`corpo:"corpo di ${subject}"`)).toEqual([subject]);
    }
    expect(await subjects('oggetto:matrioska')).toEqual(['matrioska']);
    expect(await subjects('oggetto:ventaglio parte')).toEqual(['ventaglio']);
    // The two bombs of parts, the PDF bomb, the PDF and the ZIP that are none. The ZIP bomb is cut at its limit.
    expect(incomplete).toBe(5);
  });

  test('none of them takes the memory it asks for', () => {
    expect(growth).toBeLessThan(700 * 1024 * 1024);
  });
});
