import type { MessageAttributes, SystemFlag } from '../../../../shared/model/message.ts';

/** `f` of an item. Unread is the flag there, and `\Seen` its absence. */
const letterOfFlag: Readonly<Partial<Record<SystemFlag, string>>> = {
  '\\Answered': 'r',
  '\\Flagged': 'f',
  '\\Deleted': 'x',
  '\\Draft': 'd',
};

/** Keywords that Zimbra keeps as flags and shows over IMAP by these names. */
const letterOfKeyword: ReadonlyMap<string, string> = new Map([
  ['$forwarded', 'w'],
  ['$mdnsent', 'n'],
]);
const keywordOfLetter: ReadonlyMap<string, string> = new Map([
  ['w', '$Forwarded'],
  ['n', '$MDNSent'],
]);

/** Whether a keyword is no tag there but one of the server's own flags. */
export function isFlagKeyword(keyword: string): boolean {
  return letterOfKeyword.has(keyword.toLowerCase());
}

export function itemFlags({ flags, keywords }: MessageAttributes): string {
  const letters = new Set(flags.includes('\\Seen') ? [] : ['u']);
  for (const flag of flags) letters.add(letterOfFlag[flag] ?? '');
  for (const keyword of keywords) letters.add(letterOfKeyword.get(keyword.toLowerCase()) ?? '');
  return [...letters].join('');
}

/** The system flags and keywords that stand in `f`. */
export function attributesOfFlags(letters: string): Pick<MessageAttributes, 'flags' | 'keywords'> {
  const flags: SystemFlag[] = letters.includes('u') ? [] : ['\\Seen'];
  for (const [flag, letter] of Object.entries(letterOfFlag)) {
    if (letters.includes(letter)) flags.push(flag as SystemFlag);
  }
  return {
    flags,
    keywords: [...keywordOfLetter].flatMap(([letter, name]) => (letters.includes(letter) ? [name] : [])),
  };
}
