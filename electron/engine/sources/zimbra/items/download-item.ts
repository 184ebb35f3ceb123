import { createHash } from 'node:crypto';
import { TravasoError } from '../../../../../shared/errors.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import { ask } from './ask.ts';

export interface ItemDownload {
  readonly session: SoapSession;
  /** Below the person's home; absent where the query names the item by its id. */
  readonly path?: string;
  /** Of the REST interface: `id`, `fmt`, `part`. */
  readonly query: Readonly<Record<string, string>>;
  /** Octets the server announced for it; null when it did not. */
  readonly size: number | null;
  /** Named where the item cannot be had. */
  readonly details: Readonly<Record<string, string | number>>;
}

/** So often in a row without an octet more than before, and the item is set aside. */
const fruitlessTries = 3;

/**
 * The octets of one item. The interface knows no ranges: a download that was cut off begins anew, and what was given out
 * already must come again before more is given out.
 *
 * @throws ITEM_UNREADABLE when the server is there and does not give this item; what the line throws when it is not
 */
export async function* downloadItem(download: ItemDownload, signal: AbortSignal): AsyncGenerator<Buffer> {
  const { session, path = '', query, size } = download;
  const hash = createHash('sha256');
  let given = 0;
  for (let fruitless = 0; fruitless < fruitlessTries;) {
    const before = given;
    let failure = 'cut-off';
    try {
      const { status, body } = await session.download(path, query, signal);
      if (status === 200) {
        const again = new Again(given, () => hash.copy().digest('hex'));
        for await (const piece of body) {
          const fresh = again.rest(piece);
          if (fresh === null) throw unreadable(download, 'changed-meanwhile');
          if (fresh.length === 0) continue;
          hash.update(fresh);
          given += fresh.length;
          yield fresh;
        }
        if (again.isWhole && (size === null || given >= size)) return;
      } else {
        await drain(body);
        failure = reasonOf(status);
        if (status < 500) throw unreadable(download, failure);
      }
    } catch (thrown) {
      if (!isCut(thrown) || signal.aborted) throw thrown;
    }
    fruitless = given > before ? 1 : fruitless + 1;
    if (fruitless < fruitlessTries) continue;
    // A line that is gone concerns everything, and this request says so. A server that answers it is at odds with the item.
    await ask(session, { name: 'NoOpRequest' }, signal);
    throw unreadable(download, failure);
  }
}

/** All of it, for what is small by nature. @throws as `downloadItem`; ITEM_UNREADABLE too where it is larger than that */
export async function gatherItem(download: ItemDownload, largest: number, signal: AbortSignal): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of downloadItem(download, signal)) {
    length += piece.length;
    if (length > largest) throw unreadable(download, 'too-large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

export function unreadable({ details }: Pick<ItemDownload, 'details'>, reason: string): TravasoError {
  return new TravasoError('ITEM_UNREADABLE', { ...details, reason });
}

/** Passes over the octets that an earlier try gave out, as long as they are the same. */
class Again {
  private left: number;
  private readonly seen = createHash('sha256');
  private readonly expected: () => string;

  constructor(octets: number, expected: () => string) {
    this.left = octets;
    this.expected = expected;
  }

  get isWhole(): boolean {
    return this.left === 0;
  }

  /** What is new in the piece; null when what came before is not what was given out. */
  rest(piece: Buffer): Buffer | null {
    if (this.left === 0) return piece;
    const known = piece.subarray(0, this.left);
    this.seen.update(known);
    this.left -= known.length;
    if (this.left === 0 && this.seen.copy().digest('hex') !== this.expected()) return null;
    return piece.subarray(known.length);
  }
}

function isCut(thrown: unknown): boolean {
  return thrown instanceof TravasoError && ['CONNECTION_LOST', 'SERVER_SILENT'].includes(thrown.code);
}

/** 204 stands for nothing at all: a folder without items, or an item without content. */
function reasonOf(status: number): string {
  return status === 204 ? 'empty-answer' : status === 404 ? 'not-found' : `status-${status}`;
}

/** Of what is no answer only the status counts. */
async function drain(body: AsyncIterable<Buffer>): Promise<void> {
  try {
    await body[Symbol.asyncIterator]().return?.();
  } catch {
    // A line that breaks now is met by the next request.
  }
}
