import type { Log } from '../../ports.ts';
import { SoapFault, type SoapSession } from '../../zimbra/soap-session.ts';
import { isFlagKeyword } from './item-flags.ts';
import { demand, read } from './read.ts';
import { tagsAnswer } from './soap-answers.ts';
import { isTagName } from './tag-names.ts';

/** How the old mailbox showed a tag: one of Zimbra's ten numbered colours, or `#rrggbb`. */
export type TagColour = { readonly color: number } | { readonly rgb: string };

/** The tags of the mailbox. */
export interface TagBook {
  accepts(keyword: string): boolean;
  /** Makes the tags that are missing, and answers with the names the server knows all of them by. */
  namesFor(keywords: Iterable<string>, signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

/**
 * AddMsg would make a missing tag by itself, but in the default colour and left out of the person's list of tags. So
 * each is made before the first message that bears it.
 *
 * @param colours by the keyword in lower case; a tag that is there already keeps the colour it has
 */
export function tagBook(session: SoapSession, colours: ReadonlyMap<string, TagColour>, log: Log): TagBook {
  /** By name in lower case, as the server looks them up; null until read. */
  let known: Map<string, string> | null = null;
  const refused = new Set<string>();

  const readAll = async (signal: AbortSignal): Promise<Map<string, string>> => {
    const { tag } = await demand(session, 'GetTagRequest', {}, tagsAnswer, signal);
    return new Map(tag.map(({ name }) => [name.toLowerCase(), name]));
  };
  const create = async (name: string, signal: AbortSignal): Promise<string | null> => {
    const colour = colours.get(name.toLowerCase()) ?? {};
    try {
      const answer = await read(session, 'CreateTagRequest', { tag: { name, ...colour } }, tagsAnswer, signal);
      return answer.tag[0]?.name ?? name;
    } catch (error) {
      if (!(error instanceof SoapFault)) throw error;
      // Made by somebody else, or by ourselves before an answer was lost.
      if (error.code === 'mail.ALREADY_EXISTS') return (await readAll(signal)).get(name.toLowerCase()) ?? name;
      log.warn('carbonio.tag-refused', { reason: error.code });
      return null;
    }
  };

  return {
    accepts: keyword => isFlagKeyword(keyword) || (isTagName(keyword) && !refused.has(keyword.toLowerCase())),

    async namesFor(keywords, signal) {
      const names = new Map<string, string>();
      for (const keyword of keywords) {
        const key = keyword.toLowerCase();
        if (isFlagKeyword(keyword) || !isTagName(keyword) || refused.has(key)) continue;
        known ??= await readAll(signal);
        const name = known.get(key) ?? (await create(keyword, signal));
        if (name === null) {
          refused.add(key);
          continue;
        }
        known.set(key, name);
        names.set(keyword, name);
      }
      return names;
    },
  };
}
