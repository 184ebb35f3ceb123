import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Windows code page numbers whose charset is not `windows-N` or `cpN`, by their IANA names. */
const charsets: Readonly<Record<number, string>> = {
  708: 'iso-8859-6',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  1201: 'utf-16be',
  10000: 'macintosh',
  20127: 'us-ascii',
  20866: 'koi8-r',
  20932: 'euc-jp',
  20936: 'gb2312',
  20949: 'euc-kr',
  21866: 'koi8-u',
  28591: 'iso-8859-1',
  28592: 'iso-8859-2',
  28593: 'iso-8859-3',
  28594: 'iso-8859-4',
  28595: 'iso-8859-5',
  28596: 'iso-8859-6',
  28597: 'iso-8859-7',
  28598: 'iso-8859-8',
  28599: 'iso-8859-9',
  28603: 'iso-8859-13',
  28605: 'iso-8859-15',
  38598: 'iso-8859-8-i',
  50220: 'iso-2022-jp',
  50221: 'iso-2022-jp',
  50222: 'iso-2022-jp',
  50225: 'iso-2022-kr',
  51932: 'euc-jp',
  51936: 'gb2312',
  51949: 'euc-kr',
  52936: 'hz-gb-2312',
  54936: 'gb18030',
  65000: 'utf-7',
  65001: 'utf-8',
};

/** The charset name to announce for octets in this code page. */
export function charsetOf(codePage: number): string {
  return charsets[codePage] ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : `cp${codePage}`);
}

export const westernCodePage = 1252;

/**
 * The code page of MAPI strings in a message of this code page. Charsets with escape sequences are for the wire: the
 * 8-bit strings of such a message are in the ANSI code page of its language.
 */
export function ansiCodePage(codePage: number): number {
  return wireToAnsi[codePage] ?? codePage;
}

/**
 * Decodes 8-bit text. Text that claims UTF-8 and is not, or claims an unknown code page, is read as `otherwise`: in
 * an 8-bit code page every octet has a meaning, so nothing vanishes.
 */
export function decodeText(octets: Buffer, codePage: number, otherwise = westernCodePage): string {
  const charset = charsetOf(ansiCodePage(codePage));
  const usable = charset === 'utf-8' ? isUtf8(octets) : iconv.encodingExists(charset);
  if (usable) return iconv.decode(octets, charset, { stripBOM: true });
  return iconv.decode(octets, charsetOf(otherwise === codePage ? westernCodePage : otherwise));
}

const wireToAnsi: Readonly<Record<number, number>> = {
  20127: 1252,
  50220: 932,
  50221: 932,
  50222: 932,
  51932: 932,
  20932: 932,
  50225: 949,
  51949: 949,
  52936: 936,
  1200: 1252,
};
