import { rebuildMime } from './rebuild-mime.ts';
import type { ExchangeQuirks } from './exchange-quirks.ts';

export interface StoredMail {
  readonly uid: number;
  /** As it was sent. */
  readonly sent: Buffer;
  /** As it is given back. */
  readonly served: Buffer;
  readonly flags: Set<string>;
  /** Milliseconds since 1970. */
  readonly internalDate: number;
}

export interface ExchangeFolder {
  readonly name: string;
  readonly attributes: readonly string[];
  readonly uidValidity: number;
  uidNext: number;
  readonly mail: StoredMail[];
}

export type CreateOutcome = 'made' | 'exists' | 'refused' | 'bad';

/** An Italian mailbox as it was opened in Outlook first: roles by attribute, and folders that hold no mail. */
const seeds: readonly (readonly [name: string, ...attributes: readonly string[]])[] = [
  ['INBOX', '\\Marked'],
  ['Posta inviata', '\\Sent'],
  ['Bozze', '\\Drafts'],
  ['Posta eliminata', '\\Trash'],
  ['Posta indesiderata', '\\Junk'],
  ['Archivio', '\\Archive'],
  ['Calendario'],
  ['Contatti'],
  ['Attività'],
  ['Note'],
  ['Diario'],
  ['Cronologia conversazioni'],
];

/** One mailbox. Names ignore case; UIDs are never given twice. */
export class ExchangeStore {
  readonly #quirks: ExchangeQuirks;
  readonly #folders = new Map<string, ExchangeFolder>();

  constructor(quirks: ExchangeQuirks) {
    this.#quirks = quirks;
    for (const [name, ...attributes] of seeds) this.#add(name, attributes);
  }

  get folders(): readonly ExchangeFolder[] {
    return [...this.#folders.values()];
  }

  find(name: string): ExchangeFolder | undefined {
    return this.#folders.get(name.toLowerCase());
  }

  create(name: string): CreateOutcome {
    if (/[\\\p{Cc}]/u.test(name)) return 'bad';
    const levels = name.split('/');
    if (levels.some(level => level === '') || levels.length > 300) return 'refused';
    if (this.#quirks.reservesFiles && levels.some(level => level.trim().toLowerCase() === 'files')) return 'refused';
    if (this.find(name) !== undefined) return 'exists';
    for (const depth of levels.keys()) {
      const path = levels.slice(0, depth + 1).join('/');
      if (this.find(path) === undefined) this.#add(path, []);
    }
    return 'made';
  }

  append(folder: ExchangeFolder, octets: Buffer, flags: readonly string[], internalDate: number): StoredMail {
    const kept = flags.filter(flag => !(this.#quirks.losesFlagged && flag.toLowerCase() === '\\flagged'));
    const mail: StoredMail = {
      uid: folder.uidNext,
      sent: octets,
      served: this.#quirks.rewritesMime ? rebuildMime(octets, { addMessageId: this.#quirks.addsMessageId }) : octets,
      flags: new Set(kept),
      internalDate,
    };
    folder.uidNext += 1;
    folder.mail.push(mail);
    return mail;
  }

  #add(name: string, attributes: readonly string[]): void {
    // UIDs do not begin at 1 here, so that a client which takes positions for UIDs shows.
    const uidValidity = 14 + this.#folders.size;
    this.#folders.set(name.toLowerCase(), { name, attributes, uidValidity, uidNext: 101, mail: [] });
  }
}
