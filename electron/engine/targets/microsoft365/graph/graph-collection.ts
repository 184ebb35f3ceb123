import * as z from 'zod';
import { TravasoError, problemOf } from '../../../../../shared/errors.ts';
import type { ItemFields } from '../../../items/item-fields.ts';
import { sideBySide } from '../../carbonio/side-by-side.ts';
import type { OutgoingItem, PutOutcome, TargetItemCollection, TargetItemEntry } from '../../item-target.ts';
import type { GraphClient } from './graph-client.ts';
import { GraphRefusal } from './graph-problem.ts';

/** An item that bears our mark. */
export interface MarkedItem {
  readonly key: string;
  readonly identity: string;
  readonly state: 'begun' | 'whole';
}

/** What differs from kind to kind. */
export interface CollectionParts {
  /** For people, in problems. */
  readonly name: string;
  /** Every item of the folder in pages; `mark` null where an item is not ours, `skip` for parts of another one. */
  list(signal: AbortSignal): AsyncIterable<readonly ListedItem[]>;
  /** Creates the item, or goes on with one that was begun. Resolves with its key when all of it is there. */
  make(item: OutgoingItem, begun: string | null, signal: AbortSignal): Promise<string>;
  /** Rejects with a refusal (404) when it is not there. */
  fields(key: string, signal: AbortSignal): Promise<ItemFields>;
}

export interface ListedItem {
  readonly key: string;
  readonly mark: Pick<MarkedItem, 'identity' | 'state'> | null;
}

/** As many as Graph hears at a time in one mailbox; `graph-client.ts` holds everybody to it. */
const width = 4;

/**
 * One folder. Graph gives no means of sending the same contact or task twice without making two, so what bears our mark
 * already is never sent again: an inventory is asked for after every line that broke (`TargetItemCollection.put`), and
 * what was only begun then is finished.
 */
export function graphCollection(parts: CollectionParts, { wish }: Pick<GraphClient, 'wish'>): TargetItemCollection {
  const marked = new Map<string, MarkedItem>();

  const putOne = async (index: number, item: OutgoingItem, signal: AbortSignal): Promise<PutOutcome> => {
    const known = marked.get(item.identity);
    if (known?.state === 'whole') return { index, kind: 'present', key: known.key };
    try {
      const key = await parts.make(item, known?.key ?? null, signal);
      marked.set(item.identity, { key, identity: item.identity, state: 'whole' });
      return { index, kind: 'stored', key };
    } catch (error) {
      return { index, kind: 'refused', problem: refusalOf(error, parts.name) };
    }
  };

  return {
    async *inventory(signal) {
      for await (const page of parts.list(signal)) {
        const entries: TargetItemEntry[] = [];
        for (const { key, mark } of page) {
          if (mark !== null) {
            const held = marked.get(mark.identity);
            if (held?.state !== 'whole') marked.set(mark.identity, { key, ...mark });
          }
          // What was only begun is not there yet: it is asked for again, and finished.
          entries.push({ key, identity: mark?.state === 'whole' ? mark.identity : null });
        }
        yield entries;
      }
    },

    put: (items, signal) => heeding(sideBySide(items.entries(), width, ([index, item]) => putOne(index, item, signal))),

    read: (keys, signal) =>
      heeding(
        sideBySide(keys, width, async key => {
          try {
            return { key, fields: await parts.fields(key, signal) };
          } catch (error) {
            if (error instanceof GraphRefusal && isGone(error)) return { key, fields: null };
            throw asProblem(error, parts.name);
          }
        }),
      ),
  };

  /** Of several requests under way one may lose its line and another be told to wait: then it is waited. */
  async function* heeding<T>(work: AsyncIterable<T>): AsyncGenerator<T, void, void> {
    try {
      yield* work;
    } catch (error) {
      throw wish() ?? error;
    }
  }
}

/** What is only this item's own trouble; throws everything else. */
function refusalOf(error: unknown, folder: string): ReturnType<typeof problemOf> {
  if (error instanceof GraphRefusal) {
    if (isGone(error)) throw new TravasoError('TARGET_FOLDER_VANISHED', { folder }, { cause: error });
    return { code: 'ITEM_REFUSED', details: { folder, reason: error.reason } };
  }
  const problem = problemOf(error);
  if (problem.code === 'ITEM_REFUSED') return { ...problem, details: { folder, ...problem.details } };
  if (problem.code === 'TARGET_QUOTA') return problem;
  throw error;
}

/** A refusal that nobody made something of, and answers that are none of Graph's. */
export function asProblem(error: unknown, folder: string): unknown {
  if (error instanceof z.ZodError)
    return new TravasoError('SERVER_FAULT', { fault: 'no-graph-answer' }, { cause: error });
  if (!(error instanceof GraphRefusal)) return error;
  return new TravasoError('ITEM_FOLDER_REFUSED', { folder, reason: error.reason }, { cause: error });
}

export function isGone({ status, reason }: GraphRefusal): boolean {
  return status === 404 || status === 410 || reason === 'ErrorItemNotFound';
}
