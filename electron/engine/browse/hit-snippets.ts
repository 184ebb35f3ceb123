import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { MessageRow, SearchHit } from '../../../shared/model/message-list.ts';
import { prepared } from '../archive/catalogue/prepared.ts';
import { nextMessages } from '../search/indexed-source.ts';
import type { SourceFiles } from '../search/indexed-source.ts';
import { messageText } from '../search/message-text.ts';
import { snippetOf } from '../search/snippet.ts';
import type { Needle } from '../search/snippet.ts';

export type HitSnippet = Pick<SearchHit, 'snippet' | 'snippetFrom'>;

export interface SnippetMeans {
  readonly catalogue: Database;
  readonly sources: SourceFiles;
  /** What the index keeps of attached documents; asked only where nothing else was found. */
  readonly kept: () => string;
}

/** Octets of a message that are read again for its snippet. */
const snippetOctets = 512 * 1024;

/** Of a message's own text where something is found there, else of what is attached, else how the text begins. */
export function messageSnippet(
  means: SnippetMeans,
  { folder, number }: Pick<MessageRow, 'folder' | 'number'>,
  needles: readonly Needle[],
): HitSnippet {
  const text = readText(means, folder, number);
  const body = snippetOf(text.body, needles);
  if (body.found || needles.length === 0) return { snippet: body.segments, snippetFrom: 'body' };
  const attached = [text.files.join(' · '), ...text.inside, means.kept()];
  const found = attached.map(each => snippetOf(each, needles)).find(each => each.found);
  return found === undefined
    ? { snippet: body.segments, snippetFrom: 'body' }
    : { snippet: found.segments, snippetFrom: 'attachment' };
}

/** Of an item that is no mail, whose text the index keeps. */
export function itemSnippet(kept: string, needles: readonly Needle[]): HitSnippet {
  return { snippet: snippetOf(kept, needles).segments, snippetFrom: 'body' };
}

interface ReadText {
  readonly body: string;
  readonly inside: readonly string[];
  readonly files: readonly string[];
}

function readText({ catalogue, sources }: SnippetMeans, folder: number, number: number): ReadText {
  const row = prepared(catalogue, 'SELECT stem FROM folders WHERE id = ?').get(folder);
  const { stem } = z.object({ stem: z.string() }).parse(row);
  const [message] = nextMessages(catalogue, { id: folder, stem }, number - 1, 1);
  try {
    if (message !== undefined) return messageText(sources.read(message, snippetOctets));
  } catch {
    // Found by the index, but its file is gone: shown without a snippet.
  }
  return { body: '', inside: [], files: [] };
}
