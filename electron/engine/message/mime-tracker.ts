/** Where in a message a line stands. `delimiter` lines part the entities of a multipart (RFC 2046 section 5.1.1). */
export type LinePlace = 'header' | 'blank' | 'delimiter' | 'body';
export type TransferEncoding = 'identity' | 'quoted-printable' | 'base64';

interface OpenMultipart {
  readonly boundary: string;
  readonly signed: boolean;
}

/** Longer header lines say nothing that is looked for here. */
const longestField = 64 * 1024;

/**
 * Follows the structure of a message line by line, as far as it matters to somebody who must not touch what is signed
 * and must know how a line of a body is encoded. Takes what it cannot understand for plain text: nothing here throws.
 */
export class MimeTracker {
  #place: 'header' | 'body' = 'header';
  #field = '';
  #contentType = '';
  #encoding: TransferEncoding = 'identity';
  #topHeader = true;
  #signed = false;
  readonly #open: OpenMultipart[] = [];

  /** Something in the message is signed or encrypted (S/MIME, PGP, PEC), so far. */
  get signed(): boolean {
    return this.#signed;
  }

  /** Of the body the tracker is in. */
  get encoding(): TransferEncoding {
    return this.#place === 'body' ? this.#encoding : 'identity';
  }

  /** In the header of the message itself, not of one of its parts. */
  get inTopHeader(): boolean {
    return this.#topHeader;
  }

  /** How many multipart/signed are open around the line taken last. */
  get signedDepth(): number {
    return this.#open.filter(({ signed }) => signed).length;
  }

  /** @param line latin1, without its end */
  take(line: string): LinePlace {
    if (line.startsWith('--') && this.#delimits(line)) return 'delimiter';
    if (this.#place === 'body') {
      // Clear-signed text (RFC 9580 section 7) and messages of old PGP programs, whatever type they claim.
      if (line.startsWith('-----BEGIN PGP ')) this.#signed = true;
      return 'body';
    }
    if (line === '') {
      this.#endHeader();
      return 'blank';
    }
    if (/^[ \t]/.test(line)) {
      if (this.#field.length < longestField) this.#field += line;
    } else {
      this.#endField();
      this.#field = line;
    }
    return 'header';
  }

  #delimits(line: string): boolean {
    const trimmed = line.trimEnd();
    const at = this.#open.findLastIndex(({ boundary }) => trimmed === boundary || trimmed === `${boundary}--`);
    if (at === -1) return false;
    const closes = trimmed !== this.#open[at]?.boundary;
    this.#open.length = closes ? at : at + 1;
    this.#beginEntity();
    // What follows the last delimiter is an epilogue, which nobody reads.
    if (closes) this.#place = 'body';
    return true;
  }

  #beginEntity(): void {
    this.#place = 'header';
    this.#topHeader = false;
    this.#field = '';
    this.#contentType = '';
    this.#encoding = 'identity';
  }

  #endField(): void {
    const colon = this.#field.indexOf(':');
    const name = this.#field.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = this.#field.slice(colon + 1);
    if (name === 'content-type') this.#contentType ||= value;
    if (name === 'content-transfer-encoding') this.#encoding = encodingOf(value);
    // The envelope and the receipts of certified mail, whose inside is legally what was sent.
    if (name === 'x-trasporto' || name === 'x-ricevuta') this.#signed = true;
  }

  #endHeader(): void {
    this.#endField();
    this.#field = '';
    this.#topHeader = false;
    this.#place = 'body';
    const type = /^\s*([\w.+-]+\/[\w.+-]+)/.exec(this.#contentType)?.[1]?.toLowerCase() ?? 'text/plain';
    if (sealed.test(type)) this.#signed = true;
    if (type.startsWith('multipart/')) {
      const match = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(this.#contentType);
      const boundary = (match?.[1]?.replaceAll(/\\(.)/g, '$1') ?? match?.[2] ?? '').trimEnd();
      if (boundary !== '') this.#open.push({ boundary: `--${boundary}`, signed: type === 'multipart/signed' });
      // RFC 2045 section 6.4: a multipart has no encoding of its own.
      this.#encoding = 'identity';
    } else if (type === 'message/rfc822' && this.#encoding === 'identity') {
      this.#beginEntity();
    }
  }
}

const sealed = /^(?:multipart\/(?:signed|encrypted)|application\/(?:(?:x-)?pkcs7-|pgp-))/;

function encodingOf(value: string): TransferEncoding {
  const name = value.trim().toLowerCase();
  if (name.startsWith('base64')) return 'base64';
  return name.startsWith('quoted-printable') ? 'quoted-printable' : 'identity';
}
