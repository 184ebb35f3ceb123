import { getDocumentProxy } from 'unpdf';
import { limits } from '../limits.ts';

/**
 * The text of a PDF, page by page. No script of it is run and no font or file of the system is asked for.
 *
 * @throws what PDF.js throws for a file that is none, or that has a password
 */
export async function pdfText(octets: Uint8Array): Promise<string> {
  const document = await getDocumentProxy(octets, {
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: false,
    verbosity: 0,
  });
  try {
    let text = '';
    for (let number = 1; number <= Math.min(document.numPages, limits.pdfPages); number += 1) {
      if (text.length >= limits.partCharacters) break;
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      for (const item of items) if ('str' in item) text += item.hasEOL ? `${item.str}\n` : item.str;
      text += '\n';
      page.cleanup();
    }
    return text.slice(0, limits.partCharacters);
  } finally {
    await document.loadingTask.destroy();
  }
}
