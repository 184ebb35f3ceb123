import { SaxesParser } from 'saxes';
import { decodeText } from '../decode-text.ts';
import { readingLimits } from '../reading-limits.ts';

/** What a provider certifies in `daticert.xml` (DM 2 November 2005, annex, section 7.4; RFC 6109 section 4.4). */
export interface Certification {
  /** `accettazione`, `avvenuta-consegna`, `posta-certificata`… */
  readonly kind: string;
  /** `nessuno`, `no-dest`, `no-dominio`, `virus`, `altro`. */
  readonly error: string;
  readonly errorText: string;
  readonly sender: string;
  readonly recipients: readonly { readonly address: string; readonly type: 'certified' | 'external' | null }[];
  readonly subject: string;
  readonly provider: string;
  readonly date: string | null;
  /** The provider's own. */
  readonly identifier: string;
  /** Message-ID of the message as its sender wrote it. */
  readonly messageId: string;
  /** Whom a delivery receipt is about. */
  readonly concerns: string;
  /** The document ended too soon or is no XML from some place on: what was before it is here. */
  readonly damaged: boolean;
}

/** Characters of a field; addresses and subjects are far shorter. */
const longestField = 4000;
const deepest = 20;

interface Gathered {
  readonly fields: Map<string, string>;
  readonly recipients: { address: string; type: 'certified' | 'external' | null }[];
  attributes: Readonly<Record<string, string>>;
  kind: string;
  error: string;
  zone: string;
  damaged: boolean;
}

/**
 * Null when it is no certification data. The parser knows the five entities of XML only and fetches nothing; a document
 * type with entities of its own is damage.
 */
export function readCertification(octets: Buffer, charset: string | null): Certification | null {
  if (octets.length > readingLimits.certificationOctets) return null;
  const declared = /^[\s\uFEFF]*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(
    octets.toString('latin1', 0, 300).replace(/^ï»¿/, ''),
  );
  const { text } = decodeText(octets, declared?.[1] ?? charset ?? 'utf-8');
  const gathered = gather(text.replace(/^\uFEFF/, ''));
  if (gathered.kind === '') return null;
  const field = (name: string): string => gathered.fields.get(name) ?? '';
  return {
    kind: gathered.kind,
    error: gathered.error,
    errorText: field('dati/errore-esteso'),
    sender: field('intestazione/mittente'),
    recipients: gathered.recipients,
    subject: field('intestazione/oggetto'),
    provider: field('dati/gestore-emittente'),
    date: dateOf(gathered.zone, field('data/giorno'), field('data/ora')),
    identifier: field('dati/identificativo'),
    messageId: field('dati/msgid'),
    concerns: field('dati/consegna'),
    damaged: gathered.damaged,
  };
}

function gather(text: string): Gathered {
  const into: Gathered = {
    ...{ fields: new Map(), recipients: [], attributes: {} },
    ...{ kind: '', error: '', zone: '', damaged: false },
  };
  const open: string[] = [];
  let value = '';
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name, attributes }) => {
    open.push(name);
    value = '';
    into.attributes = attributes;
    if (open.length === 1 && name === 'postacert') {
      into.kind = attributes['tipo'] ?? 'altro';
      into.error = attributes['errore'] ?? '';
    }
    if (name === 'data') into.zone = attributes['zona'] ?? '';
  });
  const add = (piece: string): void => {
    if (value.length < longestField) value += piece.slice(0, longestField);
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', ({ name }) => {
    open.pop();
    keep(into, open.at(-1) ?? '', name, value.trim());
    value = '';
  });
  // A document type means nothing here, and without a listener the parser throws at what is no XML.
  parser.on('error', () => {
    into.damaged = true;
  });
  for (let at = 0; at < text.length && !into.damaged && open.length < deepest; at += 16_384) {
    parser.write(text.slice(at, at + 16_384));
  }
  if (open.length > 0) into.damaged = true;
  return into;
}

function keep(into: Gathered, parent: string, name: string, value: string): void {
  if (into.kind === '' || into.damaged) return;
  if (parent === 'intestazione' && name === 'destinatari') {
    const type = into.attributes['tipo'];
    const known = type === 'certificato' ? 'certified' : type === 'esterno' ? 'external' : null;
    if (into.recipients.length < readingLimits.people) into.recipients.push({ address: value, type: known });
    return;
  }
  const key = `${parent}/${name}`;
  if (!into.fields.has(key)) into.fields.set(key, value);
}

/** `+0100`, `04/03/2026`, `09:15:00`. */
function dateOf(zone: string, day: string, time: string): string | null {
  const [, dd, mm, yyyy] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(day) ?? [];
  if (dd === undefined || mm === undefined || yyyy === undefined) return null;
  const [offset = '+00:00'] = /^[+-]\d{2}:\d{2}$/.exec(zone.trim().replace(/^(.\d{2})(\d{2})$/, '$1:$2')) ?? [];
  const date = new Date(`${yyyy}-${mm}-${dd}T${time}${offset}`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
