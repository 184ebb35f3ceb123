/** RTF 1.9.1, \fcharset: the code page of text in a font of this character set. 0 and 1 mean the document's own. */
const fontCharsets: Readonly<Record<number, number>> = {
  77: 10000,
  128: 932,
  129: 949,
  130: 1361,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  254: 437,
  255: 850,
};

/** Collects the font table and answers which code page a font's text is in. */
export interface RtfFonts {
  /** A control word inside the font table. */
  define(name: string, value: number | null): void;
  /** Null for the document's own code page. */
  codePage(font: number): number | null;
}

export function collectFonts(): RtfFonts {
  const pages = new Map<number, number>();
  let current = 0;
  return {
    define(name, value) {
      if (value === null) return;
      if (name === 'f') current = value;
      const page = name === 'cpg' ? value : name === 'fcharset' ? fontCharsets[value] : undefined;
      if (page !== undefined) pages.set(current, page);
      // \fcharset0 says Western only where the document's own code page does not say otherwise.
    },
    codePage: font => pages.get(font) ?? null,
  };
}
