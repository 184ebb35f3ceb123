/** The name of a file in `cur` or `new`: a name no other message ever gets, and behind it what may change. */
export interface MaildirName {
  readonly unique: string;
  /** The letters behind `:2,`. */
  readonly letters: string;
  /** Seconds since 1970 when the file was delivered or saved; null where the name does not begin with them. */
  readonly savedAt: number | null;
}

/**
 * `1552000000.M1P2.host,S=123:2,FS`. A colon cannot be in a Windows file name: programs write `;` or `!` instead, and
 * copying over SMB or to exFAT turns it into U+F03A or U+F022.
 */
export function parseMaildirName(name: string): MaildirName {
  const info = /[:;!\uf03a\uf022]2,([A-Za-z]*)$/.exec(name);
  const unique = info === null ? name : name.slice(0, info.index);
  const saved = /^(\d{9,10})\./.exec(name);
  return { unique, letters: info?.[1] ?? '', savedAt: saved === null ? null : Number(saved[1]) };
}

/** The flags of the Maildir specification, and `P` as the keyword IMAP has for it. */
const systemLetters: Readonly<Record<string, string>> = {
  D: '\\Draft',
  F: '\\Flagged',
  P: '$Forwarded',
  R: '\\Answered',
  S: '\\Seen',
  T: '\\Deleted',
};

/** @param keywords the folder's keywords in the order of their letters, `a` first (Dovecot) */
export function flagsOfLetters(letters: string, keywords: readonly (string | undefined)[]): string[] {
  return Array.from(letters).flatMap(letter => {
    const flag = systemLetters[letter] ?? (/[a-z]/.test(letter) ? keywords[letter.charCodeAt(0) - 97] : undefined);
    return flag === undefined ? [] : [flag];
  });
}
