import type { Hash } from 'node:crypto';
import { hashHeader } from '../files/content-keys.ts';
import type { OpenFile } from '../files/file-tree.ts';
import { isPseudoMessage, thunderbirdNotes, unixNotes } from '../files/program-notes.ts';
import type { ProgramNotes } from '../files/program-notes.ts';
import { headerEnd, headerLimit, parseRawHeader } from '../files/raw-header.ts';
import type { RawHeader } from '../files/raw-header.ts';
import type { InventoryEntry } from '../mail-source.ts';
import { deliveryDate } from './delivery-date.ts';
import { isSeparator } from './postmark.ts';
import type { Postmark } from './postmark.ts';

/** 128 bits: no two of any number of messages meet by chance. */
const keyOctets = 16;
const LF = 0x0a;
const NUL = 0;
const zeros = Buffer.alloc(64 * 1024);
/** The longest blank line with the line end before it. */
const heldOctets = 4;
/** Where the end of a MIME multipart is looked for; behind it there may be an epilogue, a mailing list's footer. */
const tailOctets = 64 * 1024;

/** Why a message at the end of a file is not whole. */
export type MessageDamage = 'cut-off' | 'nul-filled';

/** A message as the index keeps it; there may be a million of them. */
export interface ScannedMessage extends InventoryEntry {
  /** Where its octets begin in the file, behind the separator. */
  readonly offset: number;
  readonly octets: number;
}

export interface FinishedMessage {
  readonly facts: Omit<ScannedMessage, 'key' | 'announcedSize'>;
  readonly digest: string;
  /** Thunderbird: deleted, not yet cut out of the file. */
  readonly expunged: boolean;
  /** Thunderbird: only the beginning was downloaded. */
  readonly partial: boolean;
  readonly pseudo: boolean;
  readonly keptLength: boolean;
  readonly damage: MessageDamage | null;
}

/** What is found out about one message while its octets pass by. */
export class MessageScan {
  readonly #file: OpenFile;
  readonly #size: number;
  #postmark: Postmark | null = null;
  #start = -1;
  #octets = 0;
  #head: Buffer[] = [];
  #headOctets = 0;
  #header: RawHeader | null = null;
  #notes: ProgramNotes | null = null;
  #hash: Hash | null = null;
  #bodyOctets = 0;
  /** The last octets of the body: perhaps the blank line that belongs to the separator. */
  #held = Buffer.alloc(0);
  /** NUL octets not hashed yet: at the end of a file they are room the disk gave and nobody wrote to. */
  #nuls = 0;
  #lengthEnd: number | null = null;

  constructor(file: OpenFile, size: number) {
    this.#file = file;
    this.#size = size;
  }

  get open(): boolean {
    return this.#start >= 0;
  }

  /** @param start where the message's own octets begin in the file */
  begin(start: number, postmark: Postmark | null): void {
    this.#start = start;
    this.#postmark = postmark;
    this.#octets = 0;
    this.#head = [];
    this.#headOctets = 0;
    this.#header = null;
    this.#hash = null;
    this.#bodyOctets = 0;
    this.#held = Buffer.alloc(0);
    this.#nuls = 0;
    this.#lengthEnd = null;
  }

  /** Whether a proven Content-Length puts this place of the file inside the message. */
  covers(position: number): boolean {
    return this.#lengthEnd !== null && position < this.#lengthEnd;
  }

  async push(octets: Buffer): Promise<void> {
    this.#octets += octets.length;
    if (this.#header !== null) {
      this.#pushBody(octets);
      return;
    }
    this.#head.push(octets);
    this.#headOctets += octets.length;
    const head = Buffer.concat(this.#head);
    // Pieces are small only where a line of the header begins with `From `; joining again does not add up.
    this.#head = [head];
    const end = headerEnd(head);
    if (end === null && this.#headOctets < headerLimit) return;
    await this.#endHeader(head, end);
  }

  /** Null when no message was open. */
  async finish(atEnd: boolean): Promise<FinishedMessage | null> {
    if (!this.open) return null;
    if (this.#header === null) await this.#endHeader(Buffer.concat(this.#head), null);
    const blank = this.#blankOctets();
    const lastOctet = this.#held.at(-1);
    this.#hashBody(this.#held.subarray(0, this.#held.length - blank));
    const damage = atEnd ? await this.#damage(lastOctet, blank > 0) : null;
    const nuls = damage === 'nul-filled' ? this.#nuls : 0;
    if (nuls === 0) this.#hashNuls();
    const { flags, keywords, expunged, partial } = this.#notes ?? {
      flags: [],
      keywords: [],
      expunged: false,
      partial: false,
    };
    const end = this.#lengthEnd ?? this.#start + this.#octets - blank - nuls;
    const finished: FinishedMessage = {
      facts: {
        offset: this.#start,
        octets: end - this.#start,
        internalDate: deliveryDate(this.#header, this.#postmark),
        flags,
        keywords,
      },
      digest: this.#hash?.digest().subarray(0, keyOctets).toString('hex') ?? '',
      // Only Thunderbird marks a message as gone before it cuts it out, and its separators have a dash for the sender.
      partial,
      damage,
      expunged: expunged && this.#postmark?.sender === '-',
      pseudo: this.#header !== null && isPseudoMessage(this.#header),
      keptLength: this.#lengthEnd !== null,
    };
    this.#start = -1;
    return finished;
  }

  /** The blank line is counted to the body, so that a message of a header alone can lose it to the separator. */
  async #endHeader(head: Buffer, end: number | null): Promise<void> {
    const blank = end === null ? 0 : end >= 2 && head[end - 2] === 0x0d ? 2 : 1;
    const header = head.subarray(0, (end ?? head.length) - blank);
    const parsed = parseRawHeader(header);
    const thunderbird = thunderbirdNotes(parsed);
    const notes = thunderbird.by === null ? unixNotes(parsed) : thunderbird;
    this.#header = parsed;
    this.#notes = notes;
    this.#hash = hashHeader(header, notes.fields);
    this.#head = [];
    this.#pushBody(head.subarray(header.length));
    if (end !== null) this.#lengthEnd = await this.#provenEnd(parsed, this.#start + end);
  }

  /** A Content-Length counts when it leads to a separator or the end of the file. Many are stale or sent by strangers. */
  async #provenEnd(header: RawHeader, bodyStart: number): Promise<number | null> {
    const value = header.first('content-length');
    if (value === null || !/^\d{1,15}$/.test(value) || !this.#file.randomAccess) return null;
    const end = bodyStart + Number(value);
    if (end > this.#size) return null;
    const around = (await this.#file.read(end - 1, 1024)).toString('latin1');
    const behind = around.slice(1).replace(/^(?:\r?\n){1,2}/, '');
    const lineEnded = around.startsWith('\n') || behind.length < around.length - 1;
    if (behind === '') return end;
    const [line = '', next = null] = behind.split(/\r?\n/, 2);
    return lineEnded && isSeparator('blank-line', line, next) ? end : null;
  }

  #pushBody(octets: Buffer): void {
    this.#bodyOctets += octets.length;
    const keep = Math.max(0, octets.length - heldOctets);
    if (keep > 0) {
      this.#hashBody(this.#held);
      this.#hashBody(octets.subarray(0, keep));
      this.#held = Buffer.from(octets.subarray(keep));
    } else {
      const all = Buffer.concat([this.#held, octets]);
      const cut = Math.max(0, all.length - heldOctets);
      this.#hashBody(all.subarray(0, cut));
      this.#held = all.subarray(cut);
    }
  }

  #hashBody(octets: Buffer): void {
    let end = octets.length;
    while (end > 0 && octets[end - 1] === NUL) end -= 1;
    if (end > 0) {
      this.#hashNuls();
      this.#hash?.update(octets.subarray(0, end));
    }
    this.#nuls += octets.length - end;
  }

  #hashNuls(): void {
    for (; this.#nuls > 0; this.#nuls -= Math.min(this.#nuls, zeros.length)) {
      this.#hash?.update(zeros.subarray(0, Math.min(this.#nuls, zeros.length)));
    }
  }

  /** Octets of the blank line that every writer puts before a separator; it is not the message's. */
  #blankOctets(): number {
    const text = `${this.#bodyOctets <= heldOctets ? '\n' : ''}${this.#held.toString('latin1')}`;
    if (text.endsWith('\n\r\n')) return 2;
    return text.endsWith('\n\n') ? 1 : 0;
  }

  async #damage(lastOctet: number | undefined, blankLine: boolean): Promise<MessageDamage | null> {
    if (this.#nuls > 0) return 'nul-filled';
    if (this.#lengthEnd !== null) return null;
    // A separator and nothing behind it, or a header without its blank line.
    if (this.#bodyOctets === 0) return 'cut-off';
    const boundary = topBoundary(this.#header);
    if (boundary === null) {
      if (blankLine) return null;
      const last = lastOctet ?? (await this.#file.read(this.#start + this.#octets - 1, 1))[0];
      return last === LF ? null : 'cut-off';
    }
    const tail = Math.min(this.#octets, tailOctets);
    const octets = await this.#file.read(this.#start + this.#octets - tail, tail);
    return octets.includes(`--${boundary}--`, 0, 'latin1') ? null : 'cut-off';
  }
}

function topBoundary(header: RawHeader | null): string | null {
  const type = header?.first('content-type') ?? '';
  if (!/^multipart\//i.test(type)) return null;
  const match = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))/i.exec(type);
  return match?.[1] ?? match?.[2] ?? null;
}
