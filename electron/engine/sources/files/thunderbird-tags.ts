import { keywordOf } from '../pst/messaging/message.ts';
import { headOf } from './file-tree.ts';
import type { TreeListing } from './file-tree.ts';
import { fileReason } from './file-problem.ts';

/** Renames the keywords of one message. */
export type TagNames = (keywords: readonly string[]) => readonly string[];

const prefsLimit = 16 * 1024 * 1024;

/**
 * Thunderbird notes a tag by a key that it made of the tag's first name (`citt&aoa-`); what the person calls it is in
 * the profile's `prefs.js`. The keys `$label1` to `$label5` are what servers and other programs know, and stay.
 */
export async function readTagNames({ files }: TreeListing): Promise<TagNames> {
  const names = new Map<string, string>();
  for (const file of files.filter(({ path }) => path.at(-1) === 'prefs.js')) {
    let text = '';
    try {
      text = (await headOf(file, prefsLimit)).toString('utf8');
    } catch (error) {
      if (fileReason(error) === null) throw error;
    }
    const line = /^user_pref\("mailnews\.tags\.((?:[^"\\]|\\.)+)\.tag",\s*("(?:[^"\\]|\\.)*")\);/gm;
    for (const [, key = '', quoted = ''] of text.matchAll(line)) {
      const keyword = keywordOf(unquoted(quoted));
      if (keyword !== '' && !/^\$/.test(key)) names.set(key.toLowerCase(), keyword);
    }
  }
  if (names.size === 0) return keywords => keywords;
  return keywords => [...new Set(keywords.map(key => names.get(key.toLowerCase()) ?? key))].sort();
}

/** The strings of `prefs.js` are written with the escapes of JSON, and `\x..`. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(text.replaceAll(/\\x([0-9a-f]{2})/gi, '\\u00$1')));
  } catch {
    return '';
  }
}
