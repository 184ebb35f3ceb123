import type { SoapSession } from '../../zimbra/soap-session.ts';
import type { TargetEntry } from '../mail-target.ts';
import { messageIds, messagesOf, type FolderHandle } from './folder-items.ts';
import { identityWithoutId } from './identity.ts';
import { attributesOfFlags } from './item-flags.ts';
import { rawHeader } from './raw-messages.ts';
import { sideBySide } from './side-by-side.ts';
import type { MessageElement } from './soap-answers.ts';
import { decodeTagNames } from './tag-names.ts';

const width = 3;

/**
 * The messages of a folder with ids of `since` and above. Ids rise through the whole mailbox and are never given
 * twice. A header costs a download each, so it is read only where `wanted` says that the identity matters.
 */
export async function* folderInventory(
  session: SoapSession,
  folder: FolderHandle,
  { since, wanted }: { readonly since: string | null; readonly wanted: (key: string) => boolean },
  signal: AbortSignal,
): AsyncGenerator<readonly TargetEntry[], void, void> {
  const ids = await messageIds(session, folder, signal);
  const from = since === null ? 0 : Number(since);
  const chosen = ids.filter(id => Number(id) >= from);
  for await (const elements of messagesOf(session, folder, chosen, signal)) {
    const entries: TargetEntry[] = [];
    const identified = elements.filter(({ id }) => wanted(id));
    for (const element of elements) if (!wanted(element.id)) entries.push({ ...attributesOf(element), identity: '' });
    for await (const entry of sideBySide(identified, width, each => identify(session, each, signal))) {
      if (entry !== null) entries.push(entry);
    }
    yield entries.sort((a, b) => Number(a.key) - Number(b.key));
  }
}

async function identify(
  session: SoapSession,
  element: MessageElement,
  signal: AbortSignal,
): Promise<TargetEntry | null> {
  const header = await rawHeader(session, { id: element.id, size: element.s }, signal);
  return header === null ? null : { ...attributesOf(element), identity: identityWithoutId(header) };
}

function attributesOf({ id, s, d, f, tn }: MessageElement): Omit<TargetEntry, 'identity'> {
  const { flags, keywords } = attributesOfFlags(f);
  return {
    key: id,
    size: s,
    internalDate: d === null ? null : new Date(d).toISOString(),
    flags,
    keywords: [...keywords, ...decodeTagNames(tn)],
  };
}
