import type { Problem } from '../../../../../shared/errors.ts';
import type { ItemContent, ItemFolderListing, SourceItemFolder } from '../../item-source.ts';
import type { FolderListing, InventoryEntry, OpenFolder, SourceFolder, Synthesis } from '../../mail-source.ts';
import type { PstAbout } from '../pst-source.ts';

/**
 * What the engine and the thread that reads a PST say to each other. Octets travel in chunks that change hands without
 * being copied; a few are under way at any time, so that neither side waits for the other and memory stays bounded.
 */
export interface ThreadData {
  readonly path: string;
  /** Items that ended a thread before: this one does not touch them. */
  readonly skip: readonly number[];
  /** See `Watch`. */
  readonly watch: SharedArrayBuffer;
}

export type Request =
  | { readonly id: number; readonly ask: 'list' }
  | { readonly id: number; readonly ask: 'list-items' }
  | { readonly id: number; readonly ask: 'open'; readonly folder: SourceFolder }
  | { readonly id: number; readonly ask: 'inventory'; readonly folder: SourceFolder }
  | { readonly id: number; readonly ask: 'fetch'; readonly folder: SourceFolder; readonly keys: readonly string[] }
  | { readonly id: number; readonly ask: 'items'; readonly folder: SourceItemFolder; readonly known: readonly string[] }
  /** One more chunk of stream `id` may be sent. */
  | { readonly id: number; readonly ask: 'more' }
  | { readonly id: number; readonly ask: 'stop' };

export type Streamed = Extract<Request, { readonly ask: 'inventory' | 'fetch' | 'items' }>;

/** Chunks of a stream that may be under way. */
export const chunksAhead = 3;

export type StreamEvent =
  | { readonly kind: 'entries'; readonly entries: readonly InventoryEntry[] }
  | { readonly kind: 'begin'; readonly key: string; readonly content: Omit<ItemContent, 'octets'> | null }
  /** Octets of the chunk. */
  | { readonly kind: 'piece'; readonly start: number; readonly end: number }
  | { readonly kind: 'end'; readonly synthesis: Synthesis | null }
  /** The message or item at hand cannot be read, or not to its end. */
  | { readonly kind: 'failed'; readonly problem: Problem };

export type Reply =
  | { readonly kind: 'ready'; readonly account: string; readonly about: PstAbout }
  | { readonly kind: 'failed'; readonly id: number | null; readonly problem: Problem }
  | { readonly kind: 'listed'; readonly id: number; readonly listing: FolderListing }
  | { readonly kind: 'listed-items'; readonly id: number; readonly listing: ItemFolderListing }
  | {
      readonly kind: 'opened';
      readonly id: number;
      readonly folder: Pick<OpenFolder, 'generation' | 'messages' | 'changeMark'>;
    }
  | {
      readonly kind: 'chunk';
      readonly id: number;
      readonly octets: Uint8Array;
      /** `StreamEvent[]` as JSON, which takes half the time of a structured clone of so many small objects. */
      readonly events: string;
    }
  | { readonly kind: 'done'; readonly id: number };
