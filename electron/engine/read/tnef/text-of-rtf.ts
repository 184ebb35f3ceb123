import { deEncapsulate } from '../../sources/pst/body/de-encapsulate.ts';
import { decompressRtf } from '../../sources/pst/body/decompress-rtf.ts';
import { collectFaults, reasonOf } from '../../sources/pst/damage.ts';

/** The body that Outlook keeps as compressed RTF ([MS-OXRTFCP]); null when it is not to be read. */
export function textOfRtf(packed: Buffer): { readonly text: string; readonly isHtml: boolean } | null {
  try {
    const { origin, text } = deEncapsulate(decompressRtf(packed, collectFaults()));
    return text.trim() === '' ? null : { text, isHtml: origin === 'html' };
  } catch (error) {
    if (reasonOf(error) === null) throw error;
    return null;
  }
}
