import { readFile, rename, writeFile } from 'node:fs/promises';
import { BrowserWindow, session } from 'electron';
import { TravasoError } from '../../shared/errors.ts';
import { screenScheme } from './screen-origin.ts';

const printPartition = 'print';
const printUrl = `${screenScheme}://print/report.html`;
const printPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** Prints a report. Throws `INPUT_FILE_INVALID` when it cannot be read, else as `printDocument`. */
export async function printReport(htmlPath: string, pdfPath: string): Promise<void> {
  const html = await readFile(htmlPath).catch((cause: unknown) => {
    throw new TravasoError('INPUT_FILE_INVALID', {}, { cause });
  });
  await printDocument(html, pdfPath);
}

/**
 * Prints HTML to a tagged PDF (readable by screen readers as far as Chromium tags; the HTML remains the accessible
 * original). The page is loaded without script, in a session that knows this one page and no network.
 *
 * Throws `DISK_NOT_WRITABLE` when the PDF cannot be written.
 */
export async function printDocument(html: string | Buffer<ArrayBuffer>, pdfPath: string): Promise<void> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { partition: printPartition, sandbox: true, contextIsolation: true, javascript: false },
  });
  try {
    const { protocol, webRequest } = session.fromPartition(printPartition);
    if (protocol.isProtocolHandled(screenScheme)) protocol.unhandle(screenScheme);
    protocol.handle(
      screenScheme,
      () =>
        new Response(html, {
          headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': printPolicy },
        }),
    );
    webRequest.onBeforeRequest(({ url }, answer) => {
      answer({ cancel: url !== printUrl && !url.startsWith('data:') });
    });
    await window.loadURL(printUrl);
    const pdf = await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    await writeBeside(pdfPath, pdf);
  } finally {
    window.destroy();
  }
}

async function writeBeside(path: string, octets: Buffer): Promise<void> {
  try {
    await writeFile(`${path}.new`, octets);
    await rename(`${path}.new`, path);
  } catch (cause) {
    throw new TravasoError('DISK_NOT_WRITABLE', {}, { cause });
  }
}
